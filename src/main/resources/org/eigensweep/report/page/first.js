/* Before anything is drawn, so that a dark page does not begin with a white one. */
(function () {
  'use strict';
  var was = history.state && history.state.eigensweep;
  var dark = was && was.theme ? was.theme === 'dark' : window.matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.setAttribute('data-theme', dark ? 'dark' : 'light');
})();
