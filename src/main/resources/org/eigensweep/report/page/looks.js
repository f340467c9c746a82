  /* ---- How figures look ---- */

  /* What trials differ in, in the order of filters. A curve is the mean over the seeds of trials that agree in all others. */
  var DIMENSIONS = [
    {key: 'experiment', label: 'Sweep'},
    {key: 'data', label: 'Data'},
    {key: 'model', label: 'Model'},
    {key: 'loss', label: 'Loss'},
    {key: 'optimizer', label: 'Optimiser'},
    {key: 'batch_size', label: 'Batch size', symbol: 'batch '},
    {key: 'learning_rate', label: 'Learning rate', symbol: 'η = '},
    {key: 'rank', label: 'Rank k', symbol: 'k = '},
    {key: 'branch', label: 'Branch'},
    {key: 'seed', label: 'Seed', symbol: 'seed '}
  ];
  var HIDDEN_KEYS = ['a', 'b', 'branch_method'];
  var MOST_AT_FIRST = 8;
  var FIRST_BRANCHES = ['plain', 'dominant', 'bulk'];

  /* Okabe and Ito's colours, which most people who see few colours tell apart; lighter on a dark page. */
  var LIGHT = {
    colors: ['#0072b2', '#d55e00', '#009e73', '#b4508f', '#a87900', '#3a8fc4', '#6b6b6b', '#7b3f00'],
    text: '#1d2530', muted: '#5c6673', grid: '#e3e7ec', axis: '#9aa4b0', paper: '#ffffff', pairs: ['#08306b', '#6baed6'],
    rest: ['#8d8d8d', '#cfcfcf'], threshold: '#d55e00'
  };
  var DARK = {
    colors: ['#56b4e9', '#ff8c42', '#2fc79a', '#e59cc8', '#f0c04a', '#9ad4f5', '#b9c0c9', '#d8a273'],
    text: '#e8ecf1', muted: '#9aa6b4', grid: '#2b3541', axis: '#5d6b7a', paper: '#151b23', pairs: ['#cfe8ff', '#3f86c4'],
    rest: ['#8b95a1', '#4d5763'], threshold: '#ff8c42'
  };
  var DASHES = ['solid', [9, 4], [3, 3], [10, 3, 2, 3], [14, 4], [6, 2, 2, 2, 2, 2], [2, 5], [5, 5]];
  var SYMBOLS = ['circle', 'triangle', 'diamond', 'rect', 'roundRect', 'pin', 'arrow', 'emptyCircle'];
  var HEAT = ['#00224e', '#35456c', '#666970', '#948e77', '#c8b866', '#fee838']; /* cividis */
  var FONT = 'Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif'; /* no quotes: ECharts does not escape them in SVG */
