/*
 * What the figures show: options for ECharts, made of the report's data. One source for the page and for files without a browser,
 * so it is ECMAScript 5 and touches neither document nor window.
 */
var EigensweepFigures = (function () {
  'use strict';

@@looks.js@@
@@words.js@@
@@trials.js@@
@@curves.js@@
@@parts.js@@
@@lines.js@@
@@eigenvalues.js@@
@@density.js@@
@@layers.js@@
@@heat.js@@
@@kinds.js@@
@@overview.js@@
@@sentence.js@@
@@studies.js@@
@@spectra.js@@
@@layerplot.js@@
@@files.js@@
  /* What a page is of: its rows, what can be chosen of them, what is shown of those, and the figures that files have besides. */
  var TRIALS = {
    rows: function (data) {
      return data.trials;
    },
    choices: function (data) {
      return choices(data.trials, DIMENSIONS);
    },
    firstSelection: firstSelection, figures: figures, sentence: sentence, besides: overview
  };
  var STUDIES = {
    rows: function (data) {
      return data.studies;
    },
    choices: function (data) {
      return choices(data.studies, STUDY_DIMENSIONS);
    },
    firstSelection: function (data) {
      return everything(choices(data.studies, STUDY_DIMENSIONS));
    },
    figures: spectraFigures, sentence: studySentence,
    besides: function () {
      return null;
    }
  };

  function subject(data) {
    return data.studies ? STUDIES : TRIALS;
  }

  return {
    files: files,
    given: given,
    grouped: grouped,
    isSelected: isSelected,
    number: number,
    plural: plural,
    subject: subject,
    svg: svg
  };
})();
