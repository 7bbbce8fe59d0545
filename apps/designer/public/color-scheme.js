// Sets the color scheme before the first paint, so that a dark page never flashes white. A file of its own, because
// the content security policy allows no inline script. The key is Mantine's.
(function () {
  var stored = null;
  try {
    stored = localStorage.getItem('mantine-color-scheme-value');
  } catch (error) {
    void error;
  }
  var scheme = stored === 'light' || stored === 'dark' ? stored : matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
})();
