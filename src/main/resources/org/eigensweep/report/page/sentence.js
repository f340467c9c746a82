  /* ---- What the numbers say, in words ---- */

  /* The groups that share all but branch with the first. */
  function firstFamily(data, selection) {
    var families = groupsBut(data, selection, ['seed', 'branch', 'a', 'b', 'branch_method']);
    return families.length ? {count: families.length, trials: families[0].trials, first: families[0].first} : null;
  }

  function percent(share) {
    var p = Math.abs(100 * share);
    return (p >= 10 ? p.toFixed(0) : p >= 0.95 ? p.toFixed(1) : p.toPrecision(1)).replace(/\.0$/, '') + '\u00a0%'; /* no line ends between them */
  }

  function change(trials) {
    var diverged = trials.filter(function (t) {
      return t.status === 'diverged';
    });
    if (diverged.length === trials.length) {
      return 'diverged';
    }
    var shares = trials.filter(function (t) {
      return t.status !== 'diverged' && t.progress.branch_step >= 0 && t.progress.branch_loss > 0 && finite(t.progress.last_loss)
          && t.progress.last_step > t.progress.branch_step;
    }).map(function (t) {
      return t.progress.last_loss / t.progress.branch_loss - 1;
    });
    if (!shares.length) {
      return null;
    }
    var share = mean(shares);
    var words = Math.abs(share) < 5e-5 ? 'did not move' : (share < 0 ? 'fell' : 'rose') + ' by ' + percent(share);
    return words + (diverged.length ? ' (' + diverged.length + ' of ' + trials.length + ' diverged)' : '');
  }

  /* What the numbers say of the first of the selected settings, as plain text. */
  function sentence(data, selection) {
    var family = firstFamily(data, selection);
    if (!family) {
      return 'No trial matches the filters.';
    }
    var branches = groupsBut({trials: family.trials}, {}, ['seed']);
    var told = branches.map(function (g) {
      return {name: g.first.branch, trials: g.trials, words: change(g.trials)};
    }).filter(function (b) {
      return b.words;
    });
    var where = setting(data, selection, family);
    if (!told.length) {
      return started(family, where);
    }
    var steps = family.trials.map(function (t) {
      return t.progress.branch_step;
    }).filter(function (step) {
      return step >= 0;
    });
    var first = Math.min.apply(null, steps);
    var last = Math.max.apply(null, steps);
    var running = family.trials.some(function (t) {
      return !t.status;
    });
    var chis = told[0].trials.map(function (t) {
      return t.progress.branch_alignment;
    }).filter(finite);
    var text = (running ? 'So far, after' : 'After') + ' the switch at ' + (first === last ? 'step ' + grouped(first)
        : 'steps ' + grouped(first) + ' to ' + grouped(last)) + where + ', the training loss ' + list(told.map(function (b, i) {
      var verb = b.words.substr(0, 5);
      var again = i && / by /.test(b.words) && told[i - 1].words.substr(0, 5) === verb;
      return (again ? b.words.substr(5) : b.words) + ' in ' + b.name;
    })) + '.';
    if (chis.length) {
      var chi = mean(chis);
      text += ' Along ' + told[0].name + (chi > 0.995 ? ' nearly all' : ', ' + percent(chi)) + ' of the gradient’s norm lay in the '
          + (family.first.rank === 1 ? 'leading direction' : family.first.rank + ' leading directions') + ' of curvature.';
    }
    return text;
  }

  function setting(data, selection, family) {
    var words = telling(data.trials, ['seed', 'branch']).map(function (d) {
      return (d.symbol || '') + given(family.first[d.key]);
    });
    return words.length ? ' (' + words.join(', ') + ')' : '';
  }

  function started(family, where) {
    var chis = family.trials.filter(function (t) {
      return finite(t.progress.last_loss);
    });
    var status = family.trials.some(function (t) {
      return !t.status;
    }) ? 'The switch has not come yet' : 'The switch never came';
    return status + where + (chis.length ? ': the training loss is ' + number(mean(chis.map(function (t) {
      return t.progress.last_loss;
    }))) + ' after ' + plural(Math.max.apply(null, chis.map(function (t) {
      return t.progress.last_step;
    })), 'step', 'steps') + '.' : '.');
  }
