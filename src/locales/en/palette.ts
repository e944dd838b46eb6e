/** The command palette. */
export const palette = {
  title: 'Go anywhere, do anything',
  placeholder: 'Type a place, a link or “top up 50 eur”',
  results: 'Commands',
  none: 'No command of that name.',
  goTo: 'Go to {place}',
  payLink: 'Open the order {code}',
  topUpAmount: 'Top up {amount}',
  searchActivity: 'Search the activity for “{query}”',
  theme: 'Theme: {name}',
  language: 'Language: {name}',
  hint: 'Commands',
}
