  /* ---- Studies of saved networks: which are shown, how they are called, what their numbers say ---- */

  var STUDY_DIMENSIONS = [
    {key: 'model', label: 'Network'},
    {key: 'matrix', label: 'Matrix'},
    {key: 'block', label: 'Parameters'},
    {key: 'train_source', label: 'Data'},
    {key: 'folder', label: 'Folder'}
  ];

  var MATRICES = {hessian: 'Hessian', ggn: 'Gauss–Newton matrix'};

  /* The chosen studies, each with a name that tells it from all others, and a look that no filter changes. */
  function studiesOf(data, selection, theme) {
    var telling = choices(data.studies, STUDY_DIMENSIONS);
    var seen = {};
    var names = data.studies.map(function (study) {
      var words = telling.map(function (choice) {
        return study[choice.key];
      }).filter(function (word) {
        return word !== null;
      });
      var name = words.length ? words.join(', ') : study.model;
      seen['#' + name] = (seen['#' + name] || 0) + 1;
      return seen['#' + name] > 1 ? name + ' (' + seen['#' + name] + ')' : name;
    });
    return orderedLooks(names, theme).map(function (look, i) {
      return {name: names[i], look: look, study: data.studies[i], first: data.studies[i], indices: [i]};
    }).filter(function (shown) {
      return isSelected(shown.study, selection);
    });
  }

  function matrixOf(study) {
    return (MATRICES[study.matrix] || study.matrix) + (study.block === 'all' ? '' : ', block of ' + study.block + ',');
  }

  function leading(study, column) {
    return study.pairs.map(function (pair) {
      return pair[column];
    }).filter(finite);
  }

  function share(part) {
    return part > 0.995 && part <= 1.005 ? 'nearly all' : percent(part);
  }

  /* What the numbers say of the first of the chosen studies, as plain text. */
  function studySentence(data, selection) {
    var study = data.studies.filter(function (s) {
      return isSelected(s, selection);
    })[0];
    if (!study) {
      return 'No spectrum matches the filters.';
    }
    var values = leading(study, 'eigenvalue');
    var text = 'At a training loss of ' + number(study.train_loss) + ' the ' + matrixOf(study) + ' of ' + study.model
        + ' has ' + number(values[0]) + ' as its leading eigenvalue and a trace of ' + number(study.trace)
        + (study.trace_error > 0 ? ' ± ' + number(Number(study.trace_error.toPrecision(2))) : '') + ' over '
        + plural(study.block_parameters, 'parameter', 'parameters') + '. ';
    var bulk = study.bulk;
    text += upper(share(bulk.near)) + ' of the eigenvalues lie around zero, within ' + percent(bulk.width) + ' of the largest in magnitude'
        + (bulk.below > 0 ? ', and ' + percent(bulk.below) + ' below.' : ', and none below.');
    var cosines = leading(study, 'cosine');
    if (cosines.length) {
      var chi = Math.sqrt(cosines.reduce(function (sum, c) {
        return sum + c * c;
      }, 0));
      text += ' ' + upper(share(Math.min(1, chi))) + ' of the gradient’s norm lies in the '
          + (cosines.length === 1 ? 'leading direction.' : cosines.length + ' leading directions.');
    }
    return text;
  }

  function upper(words) {
    return words.charAt(0).toUpperCase() + words.substr(1);
  }
