/** What the marks mean; every state has a sign of its own beside its color. */
export function Legend() {
  return (
    <ul className="legend" aria-label="Legend">
      <li>
        <span className="legend__box" data-state="active">
          <span className="token" data-kind="token" />
        </span>
        Token here
      </li>
      <li>
        <span className="legend__box" data-state="visited" />
        Passed
      </li>
      <li>
        <span className="legend__box" data-state="idle" />
        Not reached
      </li>
      <li>
        <span className="legend__box" data-state="incident">
          <span className="token" data-kind="incident">
            !
          </span>
        </span>
        Incident
      </li>
    </ul>
  );
}
