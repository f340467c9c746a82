  /* ---- What a page of saved networks' spectra says ---- */

  function studyPage() {
    return {
      nouns: ['spectrum', 'spectra'], title: 'Spectra',
      about: 'Sort by a column’s name. Open a row for the data, the settings and the software that it goes back to.',
      columns: STUDY_COLUMNS, hidden: ['settings', 'pairs', 'layers', 'bulk', 'largest'], key: function (study) {
        return study.folder + '/' + study.study;
      }, heading: studyHeading, state: studyState, fields: function () {
        return [];
      }, foot: studyFoot
    };
  }

  function studyHeading() {
    var names = unique('model');
    return {title: several(names, 4), name: names[0], facts: [unique('train_source'), unique('curvature')]};
  }

  function studyState() {
    return [element('b', {}, rows.length === 1 ? F.plural(rows[0].parameters, 'parameter', 'parameters')
        : F.plural(rows.length, 'spectrum', 'spectra'))];
  }

  function studyFoot() {
    var products = rows.reduce(function (sum, study) {
      return study.layers.reduce(function (more, layer) {
        return more + layer.products + layer.trace_products;
      }, sum + study.products + study.trace_products);
    }, 0);
    return ['Eigenvalues, traces and layers took ' + F.plural(products, 'product', 'products') + ' of the matrix with a vector.'
        + (data.density ? ' The density is drawn in ' + F.plural(data.density.bins, 'bin', 'bins') + ' of equal width on its axis.' : ''),
      madeOf(rows.length === 1 ? 'the tables of ' + rows[0].study : F.plural(rows.length, 'study', 'studies'))];
  }

  function cell(name) {
    return function (study) {
      return study[name];
    };
  }

  function top(study) {
    return study.pairs.length ? study.pairs[0].eigenvalue : null;
  }

  function worst(study) {
    return Math.max.apply(null, study.pairs.map(function (pair) {
      return pair.residual;
    }));
  }

  var STUDY_COLUMNS = [
    {key: 'study', label: 'Spectrum', value: cell('study')},
    {key: 'stop', label: 'Eigenvalues', value: cell('stop'), look: function (study) {
      return 'status ' + (study.stop === 'converged' ? 'completed' : 'unfinished');
    }},
    {key: 'matrix', label: 'Matrix', value: cell('matrix')},
    {key: 'block_parameters', label: 'Parameters', value: cell('block_parameters'), number: true, whole: true},
    {key: 'train_loss', label: 'Train loss', value: cell('train_loss'), number: true},
    {key: 'train_accuracy', label: 'Accuracy', value: cell('train_accuracy'), number: true},
    {key: 'gradient_norm', label: '‖g‖', value: cell('gradient_norm'), number: true},
    {key: 'eigenvalue', label: 'λ₁', value: top, number: true},
    {key: 'residual', label: 'Largest residual', value: worst, number: true},
    {key: 'trace', label: 'Trace', value: cell('trace'), number: true},
    {key: 'trace_error', label: '± error', value: cell('trace_error'), number: true},
    {key: 'energy_share', label: 'Gauss–Newton', value: cell('energy_share'), number: true},
    {key: 'curvature', label: 'Curvature', value: cell('curvature')},
    {key: 'folder', label: 'Folder', value: cell('folder'), optional: true}
  ];
