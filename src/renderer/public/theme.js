// Before the first paint: a dark system never sees a light window. The window's script follows the system from then on (app/Speaking.tsx).
const page = document.documentElement
if (page.dataset.theme === 'system') {
  page.dataset.theme = matchMedia('(prefers-contrast: more)').matches
    ? 'contrast'
    : matchMedia('(prefers-color-scheme: dark)').matches
      ? 'dark'
      : 'light'
}
