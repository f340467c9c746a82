/* The page: what is chosen, the figures, the table. Whatever comes from settings is set as text, never as HTML. */
(function () {
  'use strict';
  var F = EigensweepFigures;
  var data = JSON.parse(document.getElementById('data').textContent);
  var S = F.subject(data);
  var rows = S.rows(data);
  var selection = S.firstSelection(data);
  var charts = [];
  var sorted = {key: null, down: false};
  var opened = {};
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
@@trialpage.js@@
@@studypage.js@@
  var page = data.studies ? studyPage() : trialPage();

@@filters.js@@
@@cards.js@@
@@table.js@@
@@again.js@@
  function update() {
    byId('sentence').textContent = S.sentence(data, selection);
    var shown = shownRows().length;
    byId('count').textContent = (shown === rows.length ? 'all ' : shown + ' of ') + F.plural(rows.length, page.nouns[0], page.nouns[1]);
    drawFigures();
    drawTable();
  }

  var was = recall();
  applyTheme();
  heading();
  filters();
  foot();
  update();
  if (was) {
    goBackTo(was);
  }
  follow();
})();
