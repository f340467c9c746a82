  /* ---- What a page of trials says ---- */

  function trialPage() {
    return {
      nouns: ['trial', 'trials'], title: 'Trials', about: 'Sort by a column’s name. Open a row for its settings, data and software.',
      columns: TRIAL_COLUMNS, hidden: ['settings', 'progress'], key: function (trial) {
        return trial.trial;
      }, heading: trialHeading, state: trialState, fields: trialFields, foot: trialFoot
    };
  }

  function trialHeading() {
    var names = unique('experiment');
    return {
      title: several(names, 4), name: names[0],
      facts: [unique('model'), unique('loss'), unique('data').map(function (d) {
        return d.replace(/(\w+):\w+:.*\/([^/]+)$/, '$1: $2');
      })]
    };
  }

  function trialState() {
    var finished = rows.filter(function (t) {
      return t.status;
    }).length;
    var open = rows.filter(function (t) {
      return !t.status;
    });
    if (!open.length) {
      return [element('b', {}, F.plural(finished, 'trial', 'trials') + ' finished')];
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
    return [finished + ' of ' + F.plural(rows.length, 'trial', 'trials') + ' finished, ',
      element('b', {'class': data.running ? 'running' : 'open'}, open.length + word), ' at step ' + far];
  }

  function trialFields() {
    return rows.some(function (t) {
      return t.progress.branch_step > 0;
    }) ? [stepsField()] : [];
  }

  function trialFoot() {
    var thin = data.thinned ? 'Curves are thinned to ' + data.grid.buckets + ' buckets of steps, those of eigenvalues and layers to '
        + data.pairGrid.buckets + '. A line is drawn through the mean of each bucket, placed at its first step; its band reaches '
        + 'from the lowest to the highest value of any row in the bucket, so that no extreme is lost. Numbers have '
        + data.digits + ' significant digits.'
        : 'Every row is drawn. Numbers have ' + data.digits + ' significant digits.';
    if (data.density) {
      thin += ' Spectral densities are means over ' + F.plural(data.density.steps.length, 'bucket', 'buckets') + ' of steps, in '
          + F.plural(data.density.bins, 'bin', 'bins') + ' of eigenvalues.';
    }
    var follows = data.again ? ['While the sweep runs, this page is written again when rows arrive, and loads itself again every '
        + F.plural(data.again, 'second', 'seconds') + '.'] : [];
    return follows.concat([thin, madeOf(F.plural(data.rows.steps, 'row', 'rows') + ' of steps and ' + F.grouped(data.rows.eigenvalues)
        + ' of eigenvalues')]);
  }

  function statusOf(trial) {
    return trial.status || (data.running ? 'running' : 'unfinished');
  }

  function latest(trial) {
    return trial.status === 'diverged' ? null : trial.status ? trial.final_train_loss : trial.progress.last_loss;
  }

  var TRIAL_COLUMNS = [
    {key: 'trial', label: 'Trial', value: function (t) { return t.trial; }},
    {key: 'status', label: 'Status', value: statusOf, look: function (t) { return 'status ' + (t.status || 'unfinished'); }},
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
  ];
