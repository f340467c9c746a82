/* The page: what is chosen, the figures, the table. Whatever comes from settings is set as text, never as HTML. */
(function () {
  'use strict';
  var F = EigensweepFigures;
  var data = JSON.parse(document.getElementById('data').textContent);
  var selection = F.firstSelection(data);
  var charts = [];
  var sorted = {key: null, down: false};
  var printing = false;
  var fromSwitch = false;

  function element(tag, attributes, children) {
    var made = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) {
      made.setAttribute(name, attributes[name]);
    });
    [].concat(children === undefined ? [] : children).forEach(function (child) {
      made.appendChild(typeof child === 'object' ? child : document.createTextNode(child));
    });
    return made;
  }

  function byId(id) {
    return document.getElementById(id);
  }

  function replace(parent, children) {
    parent.textContent = '';
    children.forEach(function (child) {
      parent.appendChild(typeof child === 'object' ? child : document.createTextNode(child));
    });
  }

@@shade.js@@
@@heading.js@@
@@filters.js@@
@@cards.js@@
@@table.js@@
@@foot.js@@
  function update() {
    byId('sentence').textContent = F.sentence(data, selection);
    var shown = shownTrials().length;
    byId('count').textContent = (shown === data.trials.length ? 'all ' : shown + ' of ') + F.plural(data.trials.length, 'trial', 'trials');
    drawFigures();
    drawTable();
  }

  applyTheme();
  heading();
  state();
  filters();
  foot();
  update();
})();
