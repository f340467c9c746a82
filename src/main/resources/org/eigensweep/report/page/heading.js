  /* ---- Heading ---- */

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
