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

  /* ---- light and dark ---- */

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

  /* ---- heading ---- */

  function unique(key) {
    var all = [];
    data.trials.forEach(function (t) {
      if (t[key] !== null && t[key] !== undefined && all.indexOf(t[key]) < 0) {
        all.push(t[key]);
      }
    });
    return all;
  }

  function heading() {
    var names = unique('experiment');
    byId('title').textContent = names.slice(0, 4).join(' · ') + (names.length > 4 ? ' and ' + (names.length - 4) + ' more' : '');
    document.title = names[0] + ' – Eigensweep report';
    var facts = [unique('model'), unique('loss'), unique('data').map(function (d) {
      return d.replace(/(\w+):\w+:.*\/([^/]+)$/, '$1: $2');
    })].filter(function (f) {
      return f.length;
    }).map(function (f) {
      return f.length > 2 ? f.slice(0, 2).join(' / ') + ' / …' : f.join(' / ');
    });
    byId('facts').textContent = facts.join('  ·  ');
  }

  function state() {
    var finished = data.trials.filter(function (t) {
      return t.status;
    }).length;
    var open = data.trials.filter(function (t) {
      return !t.status;
    });
    var mark = element('b', {}, F.plural(finished, 'trial', 'trials') + ' finished');
    if (!open.length) {
      replace(byId('state'), [mark]);
      return;
    }
    var steps = open.map(function (t) {
      return t.progress.last_step;
    });
    var least = Math.min.apply(null, steps);
    var most = Math.max.apply(null, steps);
    var planned = open[0].progress.planned_steps;
    var far = (least === most ? F.grouped(least) : F.grouped(least) + '–' + F.grouped(most))
        + (planned ? ' of ' + F.grouped(planned) : '');
    var word = data.running ? (open.length === 1 ? ' runs' : ' run') : ' unfinished';
    mark = element('b', {'class': data.running ? 'running' : 'open'}, open.length + word);
    replace(byId('state'), [finished + ' of ' + F.plural(data.trials.length, 'trial', 'trials') + ' finished, ', mark, ' at step ' + far]);
  }

  /* ---- filters ---- */

  function filters() {
    var choices = F.choices(data);
    var fields = choices.map(function (choice) {
      var chips = choice.values.map(function (value, i) {
        var box = element('input', {type: 'checkbox', name: choice.key, value: String(i)});
        box.checked = selection[choice.key].indexOf(value) >= 0;
        box.addEventListener('change', function () {
          selection[choice.key] = choice.values.filter(function (other, j) {
            return j === i ? box.checked : selection[choice.key].indexOf(other) >= 0;
          });
          update();
        });
        return element('label', {'class': 'chip', title: String(value)}, [box, element('span', {}, F.given(value))]);
      });
      return element('fieldset', {}, [element('legend', {}, choice.label), element('div', {'class': 'chips'}, chips)]);
    });
    replace(byId('choices'), fields.concat(data.trials.some(function (t) {
      return t.progress.branch_step > 0;
    }) ? [stepsField()] : []));
  }

  function stepsField() {
    var chips = ['all', 'from the switch'].map(function (words, i) {
      var button = element('input', {type: 'radio', name: 'steps', value: String(i)});
      button.checked = fromSwitch === (i === 1);
      button.addEventListener('change', function () {
        fromSwitch = i === 1;
        drawFigures();
      });
      return element('label', {'class': 'chip'}, [button, element('span', {}, words)]);
    });
    return element('fieldset', {}, [element('legend', {}, 'Steps'), element('div', {'class': 'chips'}, chips)]);
  }

  /* ---- figures ---- */

  function tooltip(figure) {
    return function (items) {
      var rows = [].concat(items).filter(function (item) {
        return item.seriesName && item.seriesType === 'line' && item.value && item.value.length > 4;
      });
      if (!rows.length) {
        return '';
      }
      var body = element('tbody', {}, rows.slice(0, 24).map(function (item) {
        var dot = element('i');
        dot.style.background = item.color;
        var spread = item.value[3] > item.value[2] ? F.number(item.value[2]) + ' to ' + F.number(item.value[3]) : '';
        var seeds = item.value[4] > 1 ? item.value[4] + ' seeds' : '';
        return element('tr', {}, [element('td', {}, [dot, item.seriesName]), element('td', {}, F.number(item.value[1])),
          element('td', {}, spread), element('td', {}, seeds)]);
      }));
      return element('div', {'class': 'tip'}, [element('b', {}, 'step ' + F.grouped(rows[0].value[0])), element('table', {}, body)]);
    };
  }

  function interactive(figure) {
    var option = figure.option;
    var style = {backgroundColor: isDark() ? '#202934' : '#ffffff', borderColor: isDark() ? '#3a4655' : '#dde2e8',
      textStyle: {color: isDark() ? '#e8ecf1' : '#1d2530', fontSize: 13}, confine: true};
    if (figure.kind === 'curves') {
      option.tooltip = Object.assign({trigger: 'axis', axisPointer: {type: 'line', lineStyle: {color: '#8894a2', width: 1}},
        formatter: tooltip(figure)}, style);
    } else {
      option.tooltip = {show: false};
    }
    return option;
  }

  function save(name, url) {
    var link = element('a', {href: url, download: name});
    document.body.appendChild(link);
    link.click();
    link.remove();
  }

  /* A figure of its own, as for a paper: light, on white. */
  function svgOf(figure) {
    var light = F.figures(data, selection, {dark: false, fromSwitch: fromSwitch}).filter(function (f) {
      return f.id === figure.id;
    })[0];
    return F.svg(light);
  }

  function saveSvg(figure) {
    save(figure.id + '.svg', URL.createObjectURL(new Blob([svgOf(figure).text], {type: 'image/svg+xml'})));
  }

  function savePng(figure) {
    var svg = svgOf(figure);
    var image = new Image();
    image.onload = function () {
      var canvas = element('canvas', {width: svg.width * 2, height: svg.height * 2});
      canvas.getContext('2d').drawImage(image, 0, 0, svg.width * 2, svg.height * 2);
      canvas.toBlob(function (blob) {
        save(figure.id + '.png', URL.createObjectURL(blob));
      }, 'image/png');
    };
    image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(svg.text);
  }

  /* θ_switch as a reader expects it. */
  function withSubscripts(text) {
    return text.split(/_([a-z]+)/).map(function (part, i) {
      return i % 2 ? element('sub', {}, part) : part;
    });
  }

  function card(figure) {
    var svg = element('button', {type: 'button', 'aria-label': 'Save ' + figure.title + ' as SVG'}, 'SVG');
    var png = element('button', {type: 'button', 'aria-label': 'Save ' + figure.title + ' as PNG'}, 'PNG');
    svg.addEventListener('click', function () {
      saveSvg(figure);
    });
    png.addEventListener('click', function () {
      savePng(figure);
    });
    var caption = [element('h2', {}, figure.title), element('div', {'class': 'save'}, [svg, png])];
    if (figure.about) {
      caption.push(element('p', {'class': 'about'}, withSubscripts(figure.about)));
    }
    var chart = element('div', {'class': 'chart', role: 'img', 'aria-label': figure.description});
    var notes = figure.notes.map(function (note) {
      return element('p', {'class': 'note'}, note);
    });
    return element('figure', {id: 'figure-' + figure.id, 'class': figure.kind + ' ' + figure.width},
        [element('figcaption', {}, caption), chart].concat(notes));
  }

  /* Figures of one family share a row: thirds where they come in threes, else halves. */
  function layOut(figures) {
    var families = {};
    figures.forEach(function (figure) {
      families[figure.family] = (families[figure.family] || []).concat([figure]);
    });
    Object.keys(families).forEach(function (name) {
      var family = families[name];
      family.forEach(function (figure, i) {
        var alone = family.length % 2 === 1 && i === family.length - 1;
        figure.width = family.length % 3 === 0 ? 'third' : alone ? 'wide' : 'half';
      });
    });
  }

  /* On paper a figure is as wide as its column, whatever that is: it is drawn once and scaled. */
  var PRINTED = {wide: {width: 940, height: 380}, half: {width: 520, height: 320}, third: {width: 400, height: 300}};

  function drawFigures() {
    charts.forEach(function (chart) {
      chart.dispose();
    });
    var figures = F.figures(data, selection, {dark: isDark(), fromSwitch: fromSwitch});
    layOut(figures);
    replace(byId('figures'), figures.length ? figures.map(card)
        : [element('p', {'class': 'panel'}, 'No figure: no trial matches the filters.')]);
    charts = figures.map(function (figure) {
      var place = byId('figure-' + figure.id).querySelector('.chart');
      var size = printing ? PRINTED[figure.width] : {};
      var chart = echarts.init(place, null, {renderer: 'svg', width: size.width, height: size.height});
      chart.setOption(interactive(figure));
      if (printing) {
        place.querySelector('svg').setAttribute('viewBox', '0 0 ' + size.width + ' ' + size.height);
      }
      return chart;
    });
    window.eigensweep = {data: data, figures: figures, charts: charts, selection: selection};
  }

  var waiting = null;
  window.addEventListener('resize', function () {
    clearTimeout(waiting);
    waiting = setTimeout(function () {
      charts.forEach(function (chart) {
        chart.resize();
      });
    }, 120);
  });

  /* ---- table ---- */

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

  /* ---- foot ---- */

  function foot() {
    var made = 'Made by Eigensweep ' + data.version + ' on ' + data.made.substr(0, 16).replace('T', ' ') + ' UTC from '
        + F.plural(data.rows.steps, 'row', 'rows') + ' of steps and ' + F.grouped(data.rows.eigenvalues) + ' of eigenvalues in '
        + data.folders.join(', ') + '.';
    var thin = data.thinned ? 'Curves are thinned to ' + data.grid.buckets + ' buckets of steps, those of eigenvalues to '
        + data.pairGrid.buckets + '. A line is drawn through the mean of each bucket, placed at its first step; its band reaches '
        + 'from the lowest to the highest value of any row in the bucket, so that no extreme is lost. Numbers have '
        + data.digits + ' significant digits.'
        : 'Every row is drawn. Numbers have ' + data.digits + ' significant digits.';
    replace(byId('footer'), [element('p', {}, thin), element('p', {}, made)]);
  }

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
