  /* ---- Table ---- */

  var COLUMNS = page.columns.filter(function (column) {
    return !column.optional || unique(column.key).length > 1;
  });

  function cellText(column, row) {
    var value = column.value(row);
    if (value === null || value === undefined) {
      return '–';
    }
    return !column.number ? String(value) : column.whole ? F.grouped(value) : column.exact ? F.given(value) : F.number(value);
  }

  function sortBy(column) {
    sorted = {key: column.key, down: sorted.key === column.key && !sorted.down};
    drawTable();
    byId('table').querySelector('button[data-key="' + column.key + '"]').focus();
  }

  function look(column) {
    return (column.number ? 'num' : '') + (column.minor ? ' minor' : '');
  }

  function headerRow() {
    return element('tr', {}, COLUMNS.map(function (column) {
      var button = element('button', {type: 'button', 'data-key': column.key}, column.label);
      button.addEventListener('click', function () {
        sortBy(column);
      });
      return element('th', {scope: 'col', 'class': look(column),
        'aria-sort': sorted.key !== column.key ? 'none' : sorted.down ? 'descending' : 'ascending'}, button);
    }));
  }

  function shownRows() {
    var shown = rows.filter(function (row) {
      return F.isSelected(row, selection);
    });
    var column = COLUMNS.filter(function (c) {
      return c.key === sorted.key;
    })[0];
    if (!column) {
      return shown;
    }
    return shown.map(function (row, i) {
      return {row: row, value: column.value(row), i: i};
    }).sort(function (a, b) {
      var missing = (a.value === null || a.value === undefined) - (b.value === null || b.value === undefined);
      var order = a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
      return missing || (sorted.down ? -order : order) || a.i - b.i;
    }).map(function (sortable) {
      return sortable.row;
    });
  }

  function detailRow(row) {
    var terms = Object.keys(row).filter(function (key) {
      return page.hidden.indexOf(key) < 0 && row[key] !== null;
    }).map(function (key) {
      return element('div', {}, [element('dt', {}, key.replace(/_/g, ' ')), element('dd', {}, String(row[key]))]);
    });
    var parts = [element('dl', {}, terms)];
    if (row.settings !== undefined && row.settings !== null) {
      var text = data.settings[row.settings];
      try {
        text = JSON.stringify(JSON.parse(text), null, 1);
      } catch (e) { /* as it is */ }
      parts.push(element('pre', {tabindex: '0', 'aria-label': 'Settings of ' + page.key(row)}, text));
    }
    return element('tr', {'class': 'detail'}, element('td', {colspan: String(COLUMNS.length)}, parts));
  }

  /* The first cell opens what is behind the row, and says whether that is open. */
  function openerOf(row, text) {
    var key = '#' + page.key(row);
    var opener = element('button', {type: 'button', 'class': 'open', 'aria-expanded': String(Boolean(opened[key]))}, text);
    opener.addEventListener('click', function () {
      var line = opener.closest('tr');
      opened[key] = !opened[key];
      opener.setAttribute('aria-expanded', String(opened[key]));
      if (opened[key]) {
        line.parentNode.insertBefore(detailRow(row), line.nextSibling);
      } else {
        line.nextSibling.remove();
      }
    });
    return opener;
  }

  function bodyRows(row) {
    var line = element('tr', {}, COLUMNS.map(function (column, i) {
      var text = cellText(column, row);
      return i === 0 ? element('td', {}, openerOf(row, text))
          : element('td', {'class': column.look ? column.look(row) : look(column), title: text}, text);
    }));
    return opened['#' + page.key(row)] ? [line, detailRow(row)] : [line];
  }

  function drawTable() {
    var lines = shownRows().reduce(function (all, row) {
      return all.concat(bodyRows(row));
    }, []);
    replace(byId('table'), [element('thead', {}, headerRow()), element('tbody', {}, lines)]);
  }
