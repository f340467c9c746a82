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
@@heat.js@@
@@kinds.js@@
@@overview.js@@
@@files.js@@
@@sentence.js@@
  return {
    choices: choices,
    figures: figures,
    files: files,
    firstSelection: firstSelection,
    given: given,
    grouped: grouped,
    isSelected: isSelected,
    number: number,
    plural: plural,
    sentence: sentence,
    svg: svg
  };
})();
