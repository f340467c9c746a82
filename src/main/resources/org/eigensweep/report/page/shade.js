  /* ---- Light and dark ---- */

  var root = document.documentElement;
  var prefersDark = window.matchMedia('(prefers-color-scheme: dark)');
  var chosenTheme = null;

  function isDark() {
    return !printing && (chosenTheme === null ? prefersDark.matches : chosenTheme === 'dark');
  }

  function applyTheme() {
    root.setAttribute('data-theme', isDark() ? 'dark' : 'light');
    var button = byId('theme');
    button.setAttribute('aria-pressed', String(isDark()));
    button.textContent = isDark() ? 'Light' : 'Dark';
    button.setAttribute('aria-label', isDark() ? 'Show the page in light colours' : 'Show the page in dark colours');
  }

  byId('theme').addEventListener('click', function () {
    chosenTheme = isDark() ? 'light' : 'dark';
    applyTheme();
    drawFigures();
  });
  prefersDark.addEventListener('change', function () {
    applyTheme();
    drawFigures();
  });
  window.addEventListener('beforeprint', function () {
    printing = true;
    applyTheme();
    drawFigures();
  });
  window.addEventListener('afterprint', function () {
    printing = false;
    applyTheme();
    drawFigures();
  });
