  /* ---- Table ---- */

  function statusOf(trial) {
    return trial.status || (data.running ? 'running' : 'unfinished');
  }

  function latest(trial) {
    return trial.status === 'diverged' ? null : trial.status ? trial.final_train_loss : trial.progress.last_loss;
  }

  var COLUMNS = [
    {key: 'trial', label: 'Trial', value: function (t) { return t.trial; }},
    {key: 'status', label: 'Status', value: statusOf},
    {key: 'experiment', label: 'Sweep', value: function (t) { return t.experiment; }, optional: true},
    {key: 'optimizer', label: 'Optimiser', value: function (t) { return t.optimizer; }},
    {key: 'batch_size', label: 'Batch', value: function (t) { return t.batch_size; }, number: true},
    {key: 'learning_rate', label: 'Learning rate', value: function (t) { return t.learning_rate; }, number: true, exact: true},
    {key: 'rank', label: 'k', value: function (t) { return t.rank; }, number: true},
    {key: 'seed', label: 'Seed', value: function (t) { return t.seed; }, number: true, exact: true},
    {key: 'branch', label: 'Branch', value: function (t) { return t.branch; }},
    {key: 'last_step', label: 'Step', value: function (t) { return t.progress.last_step; }, number: true, whole: true},
    {key: 'switch_step', label: 'Switch', value: function (t) { return t.progress.branch_step < 0 ? null : t.progress.branch_step; },
      number: true, whole: true},
    {key: 'switch_chi', label: 'χ_k there', value: function (t) { return t.switch_chi; }, number: true},
    {key: 'train_loss', label: 'Train loss', value: latest, number: true},
    {key: 'test_accuracy', label: 'Test accuracy', value: function (t) { return t.final_test_accuracy; }, number: true},
    {key: 'steps_per_second', label: 'Steps/s', minor: true, value: function (t) { return t.steps_per_second; }, number: true},
    {key: 'host', label: 'Host', minor: true, value: function (t) { return t.host; }},
    {key: 'git_commit', label: 'Commit', minor: true, value: function (t) { return t.git_commit ? t.git_commit.substr(0, 8) : null; }},
    {key: 'finished_at', label: 'Finished', minor: true, value: function (t) { return t.finished_at ? t.finished_at.substr(0, 16).replace('T', ' ') : null; }}
  ].filter(function (column) {
    return !column.optional || unique(column.key).length > 1;
  });

  function cellText(column, trial) {
    var value = column.value(trial);
    if (value === null || value === undefined) {
      return '–';
    }
    return !column.number ? String(value) : column.whole ? F.grouped(value) : column.exact ? F.given(value) : F.number(value);
  }

  function sortBy(column) {
    sorted = {key: column.key, down: sorted.key === column.key && !sorted.down};
    drawTable();
    byId('trials').querySelector('button[data-key="' + column.key + '"]').focus();
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

  function shownTrials() {
    var shown = data.trials.filter(function (trial) {
      return F.isSelected(trial, selection);
    });
    var column = COLUMNS.filter(function (c) {
      return c.key === sorted.key;
    })[0];
    if (!column) {
      return shown;
    }
    return shown.map(function (trial, i) {
      return {trial: trial, value: column.value(trial), i: i};
    }).sort(function (a, b) {
      var missing = (a.value === null || a.value === undefined) - (b.value === null || b.value === undefined);
      var order = a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
      return missing || (sorted.down ? -order : order) || a.i - b.i;
    }).map(function (row) {
      return row.trial;
    });
  }

  function detailRow(trial) {
    var hidden = ['settings', 'progress'];
    var terms = Object.keys(trial).filter(function (key) {
      return hidden.indexOf(key) < 0 && trial[key] !== null;
    }).map(function (key) {
      return element('div', {}, [element('dt', {}, key.replace(/_/g, ' ')), element('dd', {}, String(trial[key]))]);
    });
    var parts = [element('dl', {}, terms)];
    if (trial.settings !== undefined) {
      var text = data.settings[trial.settings];
      try {
        text = JSON.stringify(JSON.parse(text), null, 1);
      } catch (e) { /* as it is */ }
      parts.push(element('pre', {tabindex: '0', 'aria-label': 'Settings of ' + trial.trial}, text));
    }
    return element('tr', {'class': 'detail'}, element('td', {colspan: String(COLUMNS.length)}, parts));
  }

  function bodyRow(trial) {
    var row = element('tr', {}, COLUMNS.map(function (column) {
      var text = cellText(column, trial);
      if (column.key === 'trial') {
        var open = element('button', {type: 'button', 'class': 'open', 'aria-expanded': 'false'}, text);
        open.addEventListener('click', function () {
          var shut = open.getAttribute('aria-expanded') === 'false';
          open.setAttribute('aria-expanded', String(shut));
          if (shut) {
            row.parentNode.insertBefore(detailRow(trial), row.nextSibling);
          } else {
            row.nextSibling.remove();
          }
        });
        return element('td', {}, open);
      }
      var seen = column.key === 'status' ? 'status ' + (trial.status || 'unfinished') : look(column);
      return element('td', {'class': seen, title: text}, text);
    }));
    return row;
  }

  function drawTable() {
    replace(byId('trials'), [element('thead', {}, headerRow()), element('tbody', {}, shownTrials().map(bodyRow))]);
  }
