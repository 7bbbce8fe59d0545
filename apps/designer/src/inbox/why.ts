/** Why a task is in my inbox, in words; the server says it in slugs. */
export function whyInWords(why: readonly string[]): string {
  const groups = why.flatMap((reason) => (reason.startsWith('candidate-group:') ? [reason.slice('candidate-group:'.length)] : []));
  if (why.includes('assignee')) return 'It is assigned to you.';
  if (why.includes('candidate-user')) return 'You are named as somebody who can do it.';
  if (groups.length > 0) return `Your ${groups.length === 1 ? 'group' : 'groups'} ${groups.join(' and ')} can do it.`;
  if (why.includes('anyone')) return 'It names nobody, so anyone may do it.';
  if (why.includes('completed-by')) return 'You completed it.';
  if (why.includes('supervisor')) return 'You may see every task.';
  return 'You may see it.';
}
