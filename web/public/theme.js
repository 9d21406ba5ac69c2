// Before the first paint, so that a dark screen never flashes white.
(function () {
  var chosen;
  try {
    chosen = localStorage.getItem('rapport-theme');
  } catch (error) {
    chosen = null; // storage may be forbidden; the system's choice stands
  }
  var dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
