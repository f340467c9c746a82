/*
 * What the figures show: options for ECharts, made of the report's data. One source for the page and for files without a browser,
 * so it is ECMAScript 5 and touches neither document nor window.
 */
var EigensweepFigures = (function () {
  'use strict';

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

  /* ---- numbers and words ---- */

  function number(value) {
    if (value === null || value === undefined || value !== value) {
      return '–';
    }
    var size = Math.abs(value);
    if (size !== 0 && (size >= 1e5 || size < 1e-3)) {
      return value.toExponential(2).replace(/\.?0+e/, 'e').replace('e+', 'e').replace('-', '−').replace('e-', 'e−');
    }
    return String(Number(value.toPrecision(4))).replace('-', '−');
  }

  function grouped(count) {
    return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  }

  function subscript(n) {
    return String(n).replace(/\d/g, function (digit) {
      return '₀₁₂₃₄₅₆₇₈₉'.charAt(Number(digit));
    });
  }

  function list(words) {
    return words.length < 2 ? words.join('') : words.slice(0, -1).join(', ') + ' and ' + words[words.length - 1];
  }

  function plural(count, one, more) {
    return grouped(count) + ' ' + (count === 1 ? one : more);
  }

  /* ---- trials ---- */

  function compare(a, b) {
    if (typeof a === 'number' && typeof b === 'number') {
      return a - b;
    }
    return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
  }

  function branchPlace(name) {
    var place = FIRST_BRANCHES.indexOf(name);
    return place < 0 ? FIRST_BRANCHES.length : place;
  }

  /* All values of a dimension, in order. */
  function values(data, key) {
    var seen = {};
    var all = [];
    data.trials.forEach(function (trial) {
      var value = trial[key];
      if (value !== null && value !== undefined && !Object.prototype.hasOwnProperty.call(seen, '#' + value)) {
        seen['#' + value] = true;
        all.push(value);
      }
    });
    return all.sort(function (a, b) {
      return (key === 'branch' ? branchPlace(a) - branchPlace(b) : 0) || compare(a, b);
    });
  }

  /* Dimensions that a reader can choose in. */
  function choices(data) {
    return DIMENSIONS.map(function (dimension) {
      return {key: dimension.key, label: dimension.label, values: values(data, dimension.key)};
    }).filter(function (choice) {
      return choice.values.length > 1;
    });
  }

  function mean(numbers) {
    return numbers.reduce(function (sum, x) {
      return sum + x;
    }, 0) / numbers.length;
  }

  function finite(x) {
    return typeof x === 'number' && isFinite(x);
  }

  /* The learning rate at which plain training ends lowest, or the first. */
  function bestRate(trials) {
    var rates = values({trials: trials}, 'learning_rate');
    var best = rates[0];
    var lowest = Infinity;
    rates.forEach(function (rate) {
      var ends = trials.filter(function (t) {
        return t.learning_rate === rate && t.branch === 'plain' && t.status !== 'diverged' && finite(t.progress.last_loss);
      }).map(function (t) {
        return t.progress.last_loss;
      });
      if (ends.length && mean(ends) < lowest) {
        lowest = mean(ends);
        best = rate;
      }
    });
    return best;
  }

  /*
   * What is shown at first: all seeds and branches; of the numbers that a sweep varies the best learning rate and the largest of
   * the others; and where that would be more curves than a reader can tell apart, the first sweep alone.
   */
  function firstSelection(data) {
    var selection = {};
    choices(data).forEach(function (choice) {
      selection[choice.key] = choice.values.slice();
    });
    narrow(data, selection);
    if (selection.experiment && groupsOf(data, selection).length > MOST_AT_FIRST) {
      selection.experiment = [data.trials[0].experiment];
      narrow(data, selection);
    }
    return selection;
  }

  /* One of what each sweep varies; sweeps of one optimiser each may differ in it. */
  function narrow(data, selection) {
    var families = groupsBut(data, selection, ['seed', 'branch', 'a', 'b', 'branch_method', 'learning_rate', 'rank', 'batch_size'],
        ['learning_rate', 'rank', 'batch_size']);
    function each(key, pick) {
      if (selection[key]) {
        var picked = families.map(function (family) {
          return pick(family.trials);
        });
        selection[key] = values(data, key).filter(function (value) {
          return picked.indexOf(value) >= 0;
        });
      }
    }
    function largest(key) {
      return function (trials) {
        return values({trials: trials}, key).pop();
      };
    }
    each('learning_rate', bestRate);
    each('rank', largest('rank'));
    each('batch_size', largest('batch_size'));
  }

  function isSelected(trial, selection, ignored) {
    return Object.keys(selection).every(function (key) {
      return (ignored || []).indexOf(key) >= 0 || selection[key].indexOf(trial[key]) >= 0;
    });
  }

  function groupKey(trial, left) {
    return DIMENSIONS.map(function (d) {
      return d.key;
    }).concat(HIDDEN_KEYS).filter(function (key) {
      return left.indexOf(key) < 0;
    }).map(function (key) {
      return key + '=' + JSON.stringify(trial[key] === undefined ? null : trial[key]);
    }).join(';');
  }

  /* Trials that agree in all but some dimensions, in the order of branches. */
  function groupsBut(data, selection, left, ignored) {
    var byKey = {};
    var groups = [];
    data.trials.forEach(function (trial, index) {
      if (!isSelected(trial, selection, ignored)) {
        return;
      }
      var key = '#' + groupKey(trial, left);
      if (!byKey[key]) {
        byKey[key] = {key: key, first: trial, trials: [], indices: []};
        groups.push(byKey[key]);
      }
      byKey[key].trials.push(trial);
      byKey[key].indices.push(index);
    });
    groups.sort(function (a, b) {
      return branchPlace(a.first.branch) - branchPlace(b.first.branch) || compare(a.first.branch, b.first.branch)
          || compare(a.first.learning_rate, b.first.learning_rate) || compare(a.first.rank, b.first.rank);
    });
    name(groups, left);
    return groups;
  }

  /* What trials differ in, in words; a sweep's name says all that is the same within it. */
  function telling(trials, left) {
    var bySweep = values({trials: trials}, 'experiment').map(function (sweep) {
      return trials.filter(function (t) {
        return t.experiment === sweep;
      });
    });
    return DIMENSIONS.filter(function (d) {
      return left.indexOf(d.key) < 0 && (d.key === 'experiment' ? bySweep.length > 1 : bySweep.some(function (of) {
        return values({trials: of}, d.key).length > 1;
      }));
    });
  }

  /* Branch first, then whatever tells the groups apart. */
  function name(groups, left) {
    var words = telling(groups.map(function (g) {
      return g.first;
    }), left.concat(['branch']));
    groups.forEach(function (group) {
      group.name = [group.first.branch].concat(words.map(function (d) {
        return (d.symbol || '') + group.first[d.key];
      })).join(', ');
    });
    var taken = {};
    groups.forEach(function (group) {
      var twin = taken['#' + group.name];
      taken['#' + group.name] = (twin || 0) + 1;
      if (twin) {
        group.name += ' (' + (group.first.branch_method || 'a = ' + group.first.a + ', b = ' + group.first.b) + ')';
      }
    });
  }

  function groupsOf(data, selection) {
    return groupsBut(data, selection, ['seed']);
  }

  /* Colour and dash by branch, so that one looks the same in every figure; shades for what else differs. */
  function paint(data, groups, theme) {
    var branches = values(data, 'branch');
    var count = {};
    var done = {};
    groups.forEach(function (g) {
      count['#' + g.first.branch] = (count['#' + g.first.branch] || 0) + 1;
    });
    groups.forEach(function (g) {
      var at = branches.indexOf(g.first.branch);
      var place = branchPlace(g.first.branch) < FIRST_BRANCHES.length ? branchPlace(g.first.branch)
          : FIRST_BRANCHES.length + branches.slice(0, at).filter(function (b) {
            return branchPlace(b) >= FIRST_BRANCHES.length;
          }).length;
      var nth = done['#' + g.first.branch] || 0;
      done['#' + g.first.branch] = nth + 1;
      var many = count['#' + g.first.branch];
      g.color = mix(theme.colors[place % theme.colors.length], theme.paper, many < 2 ? 0 : 0.6 * nth / (many - 1));
      g.dash = DASHES[place % DASHES.length];
      g.symbol = SYMBOLS[(place + nth) % SYMBOLS.length];
      g.z = 10 - Math.min(6, place); /* the trunk, which all branches share, looks like the first of them */
    });
  }

  function mix(color, other, share) {
    function part(hex, at) {
      return parseInt(hex.substr(at, 2), 16);
    }
    var mixed = [1, 3, 5].map(function (at) {
      var x = Math.round(part(color, at) * (1 - share) + part(other, at) * share);
      return (x < 16 ? '0' : '') + x.toString(16);
    });
    return '#' + mixed.join('');
  }

  /* ---- curves ---- */

  /* A curve's place among the buckets: at them its own values, between them those of the straight line. */
  function reader(curve, data, steps) {
    var at = data.buckets[curve.at];
    var next = 0;
    function cell(i) {
      return [curve.mean[i], (curve.low || curve.mean)[i], (curve.high || curve.mean)[i]];
    }
    return function (bucket) {
      while (next < at.length && at[next] < bucket) {
        next++;
      }
      if (next === at.length || bucket < at[0]) {
        return null;
      }
      if (at[next] === bucket) {
        return cell(next);
      }
      var share = (steps[bucket] - steps[at[next - 1]]) / (steps[at[next]] - steps[at[next - 1]]);
      var after = cell(next);
      return cell(next - 1).map(function (value, part) {
        return value + share * (after[part] - value);
      });
    };
  }

  /* Over the seeds of a group, where any has a row: step, mean of means, lowest and highest value, number of trials. */
  function combine(curves, data, steps) {
    var there = {};
    var readers = curves.filter(function (curve) {
      return curve;
    }).map(function (curve) {
      data.buckets[curve.at].forEach(function (bucket) {
        there[bucket] = true;
      });
      return reader(curve, data, steps);
    });
    return Object.keys(there).map(Number).sort(function (a, b) {
      return a - b;
    }).map(function (bucket) {
      var sum = 0;
      var low = Infinity;
      var high = -Infinity;
      var count = 0;
      readers.forEach(function (read) {
        var cell = read(bucket);
        if (cell) {
          sum += cell[0];
          low = Math.min(low, cell[1]);
          high = Math.max(high, cell[2]);
          count++;
        }
      });
      return [steps[bucket], sum / count, low, high, count];
    });
  }

  function pointsOf(group, data, quantity, from) {
    return since(from, combine(group.indices.map(function (i) {
      return data.curves[i][quantity];
    }), data, data.steps));
  }

  function since(from, points) {
    return points.filter(function (p) {
      return p[0] >= from;
    });
  }

  function pairsOf(group, data, from) {
    var most = Math.max.apply(null, group.indices.map(function (i) {
      return data.eigenvalues[i].length;
    }));
    var pairs = [];
    for (var p = 0; p < most; p++) {
      pairs.push(since(from, combine(group.indices.map(function (i) {
        return data.eigenvalues[i][p];
      }), data, data.pairSteps)));
    }
    return pairs;
  }

  /* ---- parts of an option ---- */

  function extent(lines, positive) {
    var low = Infinity;
    var high = -Infinity;
    lines.forEach(function (points) {
      points.forEach(function (p) {
        [p[1], p[2], p[3]].forEach(function (value) {
          if (!positive || value > 0) {
            low = Math.min(low, value);
            high = Math.max(high, value);
          }
        });
      });
    });
    return [low, high];
  }

  function logTicks(low, high) {
    var decades = Math.log(high / low) / Math.LN10;
    var steps = decades > 5 ? [1] : decades > 1.6 ? [1, 3] : decades > 0.8 ? [1, 2, 5]
        : [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8];
    var every = Math.max(1, Math.ceil(decades / 8));
    var ticks = [];
    for (var e = Math.floor(Math.log(low) / Math.LN10); e <= Math.ceil(Math.log(high) / Math.LN10); e++) {
      if (((e % every) + every) % every === 0) {
        steps.forEach(function (m) {
          var tick = Number((m * Math.pow(10, e)).toPrecision(6));
          if (tick >= low && tick <= high) {
            ticks.push(tick);
          }
        });
      }
    }
    return ticks;
  }

  function linearTicks(low, high) {
    var raw = (high - low) / 5;
    var power = Math.pow(10, Math.floor(Math.log(raw) / Math.LN10));
    var step = [1, 2, 2.5, 5, 10].filter(function (m) {
      return m * power >= raw;
    })[0] * power;
    var ticks = [];
    for (var i = Math.ceil(low / step); i * step <= high * (1 + 1e-12); i++) {
      ticks.push(Number((i * step).toPrecision(10)));
    }
    return ticks;
  }

  function scale(range, log) {
    var low = range[0];
    var high = range[1];
    if (log) {
      var margin = Math.max(Math.pow(high / low, 0.04), 1.01);
      low /= margin;
      high *= margin;
      var ticks = high / low < 1.6 ? linearTicks(low, high) : logTicks(low, high);
      return {low: low, high: high, log: true, ticks: ticks};
    }
    var room = (high - low) * 0.04 || Math.abs(high) * 0.1 || 1;
    return {low: low - room, high: high + room, log: false, ticks: linearTicks(low - room, high + room)};
  }

  function yAxis(frame, scaled, label) {
    return {
      type: scaled.log ? 'log' : 'value', min: scaled.low, max: scaled.high, name: label, nameLocation: 'middle',
      nameGap: 52, nameTextStyle: {color: frame.theme.muted, fontSize: 12}, axisLabel: {show: false},
      axisTick: {show: false}, splitLine: {show: false}, axisLine: {show: false}
    };
  }

  /* ECharts has no ticks within a decade: lines of our own, with their numbers before them. */
  function rulers(frame, scaled) {
    return {
      type: 'line', name: '', data: [], silent: true, z: 0,
      markLine: {
        silent: true, symbol: 'none', animation: false, z: 0,
        lineStyle: {color: frame.theme.grid, type: 'solid', width: 1},
        label: {position: 'start', color: frame.theme.muted, fontSize: 12, fontFamily: FONT, distance: 8},
        data: scaled.ticks.map(function (tick) {
          return {yAxis: tick, label: {formatter: number(tick)}};
        })
      }
    };
  }

  function frameOf(view, last) {
    var theme = view.theme;
    return {
      theme: theme,
      last: last,
      option: {
        animation: false,
        backgroundColor: 'transparent',
        textStyle: {fontFamily: FONT, color: theme.text},
        grid: {left: 72, right: 20, top: 44, bottom: 48},
        legend: {
          type: 'scroll', top: 4, left: 8, right: 8, itemWidth: 34, itemHeight: 9, itemGap: 18, selectedMode: true,
          textStyle: {color: theme.text, fontSize: 12.5, fontFamily: FONT}, inactiveColor: theme.axis,
          pageIconColor: theme.muted, pageTextStyle: {color: theme.muted}
        },
        xAxis: {
          type: 'value', min: view.from, max: last, name: 'step', nameLocation: 'middle', nameGap: 28,
          nameTextStyle: {color: theme.muted, fontSize: 12},
          axisLine: {lineStyle: {color: theme.axis}}, axisTick: {lineStyle: {color: theme.axis}},
          axisLabel: {color: theme.muted, fontSize: 12, hideOverlap: true, formatter: grouped}, splitLine: {show: false}
        },
        series: []
      }
    };
  }

  /* A polygon from the lowest values forth and the highest ones back. */
  function band(points, color, name, floor) {
    return {
      type: 'custom', name: name, silent: true, z: 1, clip: true, tooltip: {show: false},
      encode: {x: 0, y: [1, 2]}, legendHoverLink: false,
      data: points.map(function (p) {
        return [p[0], Math.max(p[2], floor), Math.max(p[3], floor)];
      }),
      renderItem: function (params, api) {
        if (params.dataIndex !== 0) {
          return null;
        }
        var corners = [];
        points.forEach(function (p) {
          corners.push(api.coord([p[0], Math.max(p[3], floor)]));
        });
        for (var i = points.length - 1; i >= 0; i--) {
          corners.push(api.coord([points[i][0], Math.max(points[i][2], floor)]));
        }
        return {type: 'polygon', shape: {points: corners}, style: {fill: color, opacity: 0.17, stroke: 'none'}};
      }
    };
  }

  function hasWidth(points) {
    return points.length > 1 && points.some(function (p) {
      return p[3] > p[2];
    });
  }

  function line(points, look, positive) {
    var marks = Math.max(1, Math.round(points.length / 7));
    return {
      type: 'line', name: look.name, z: look.z || 3, symbol: look.symbol || 'none', color: look.color,
      showSymbol: true, showAllSymbol: true, symbolSize: 8, connectNulls: false, emphasis: {disabled: true},
      itemStyle: {color: look.color}, lineStyle: {color: look.color, width: look.width || 2, type: look.dash || 'solid'},
      data: points.filter(function (p) {
        return !positive || p[1] > 0;
      }).map(function (p, i) {
        var mark = look.symbol && (i % marks === Math.floor(marks / 2) || points.length === 1);
        return {value: p, symbol: mark ? look.symbol : 'none'};
      })
    };
  }

  /* Where trunks ended: a line, or a strip from the first seed's to the last one's. */
  function switchMark(frame, groups) {
    var ranges = {};
    groups.forEach(function (g) {
      var at = g.trials.map(function (t) {
        return t.progress.branch_step;
      }).filter(function (step) {
        return step >= 0;
      });
      if (at.length) {
        var range = [Math.min.apply(null, at), Math.max.apply(null, at)];
        ranges[range.join()] = range;
      }
    });
    var theme = frame.theme;
    var all = Object.keys(ranges).map(function (key) {
      return ranges[key];
    });
    if (!all.length || all.length > 8) {
      return [];
    }
    var first = Math.min.apply(null, all.map(function (r) {
      return r[0];
    }));
    return [{
      type: 'line', name: '', data: [], silent: true, z: 1,
      markArea: {
        silent: true, itemStyle: {color: theme.axis, opacity: 0.22},
        data: all.filter(function (r) {
          return r[1] > r[0];
        }).map(function (r) {
          return [{xAxis: r[0]}, {xAxis: r[1]}];
        })
      },
      markLine: {
        silent: true, symbol: 'none', animation: false,
        lineStyle: {color: theme.muted, type: [2, 3], width: 1.2},
        data: all.map(function (r, i) {
          return {xAxis: r[0], label: {show: r[0] === first, formatter: 'switch', position: 'end', distance: 4,
            color: theme.muted, fontSize: 12, fontFamily: FONT}};
        })
      }
    }];
  }

  /* ---- figures ---- */

  function lastStep(groups) {
    return Math.max(1, Math.max.apply(null, groups.map(function (g) {
      return Math.max.apply(null, g.trials.map(function (t) {
        return t.progress.last_step;
      }));
    })));
  }

  function legendNames(series) {
    var names = [];
    series.forEach(function (s) {
      if (s.name && s.type === 'line' && names.indexOf(s.name) < 0) {
        names.push(s.name);
      }
    });
    return names;
  }

  function legendIcons(option, looks) {
    option.legend.data = legendNames(option.series).map(function (name) {
      var look = looks[name];
      return look ? {name: name, icon: undefined, lineStyle: {color: look.color, type: look.dash || 'solid', width: 2.2},
        itemStyle: {color: look.color}} : name;
    });
  }

  /* Of ranges that a few wild points stretch, the middle 96 % of the mean curve; what lies outside leaves the figure. */
  function middle(lines) {
    var all = [];
    lines.forEach(function (points) {
      points.forEach(function (p) {
        all.push(p[1]);
      });
    });
    all.sort(function (a, b) {
      return a - b;
    });
    function quantile(q) {
      return all[Math.min(all.length - 1, Math.floor(q * all.length))];
    }
    var whole = extent(lines, false);
    var low = quantile(0.02);
    var high = quantile(0.98);
    var room = (high - low) * 0.5 || Math.abs(high) * 0.2 || 1;
    var range = [Math.max(whole[0], low - room), Math.min(whole[1], high + room)];
    return {range: range, cut: range[0] > whole[0] || range[1] < whole[1]};
  }

  /*
   * A curve for each group.
   * spec: id, title, quantity, label, about, and scale: log, unit (0 to 1), zero (from 0), robust.
   */
  function curves(spec) {
    return function (data, groups, view) {
      var theme = view.theme;
      var drawn = groups.map(function (g) {
        return {group: g, points: pointsOf(g, data, spec.quantity, view.from)};
      }).filter(function (d) {
        return d.points.length && (spec.scale !== 'log' || d.points.some(function (p) {
          return p[1] > 0;
        }));
      });
      if (!drawn.length) {
        return [];
      }
      var lines = drawn.map(function (d) {
        return d.points;
      });
      var log = spec.scale === 'log';
      var range = extent(lines, log);
      var notes = [];
      if (spec.scale === 'robust') {
        var cut = middle(lines);
        range = cut.range;
        if (cut.cut) {
          notes.push('The axis leaves out a few far values: it spans the middle 96 % of the curves and half as much on either side.');
        }
      }
      if (spec.scale === 'zero') {
        range[0] = Math.min(0, range[0]);
      }
      var scaled = spec.scale === 'unit' ? {low: 0, high: 1, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1]} : scale(range, log);
      if (spec.scale === 'zero' && range[0] === 0) {
        scaled.low = 0;
      }
      var frame = frameOf(view, lastStep(groups));
      var looks = {};
      var option = frame.option;
      option.yAxis = yAxis(frame, scaled, spec.label.replace('χ_k', chi(groups)));
      option.series.push(rulers(frame, scaled));
      drawn.forEach(function (d) {
        var g = d.group;
        looks[g.name] = g;
        option.series.push(line(d.points, g, log));
        if (hasWidth(d.points)) {
          option.series.push(band(d.points, g.color, g.name, log ? scaled.low : -Infinity));
        }
      });
      if (spec.rates) {
        ratesOf(groups).forEach(function (rate) {
          var name = 'η = ' + rate;
          looks[name] = {color: theme.muted, dash: [2, 4]};
          option.series.push(line([[view.from, rate, rate, rate, 1], [frame.last, rate, rate, rate, 1]],
              {name: name, color: theme.muted, dash: [2, 4], width: 1.4, z: 2}));
        });
      }
      option.series = option.series.concat(switchMark(frame, groups));
      legendIcons(option, looks);
      return [{id: spec.id, title: spec.title, about: spec.about, notes: notes, option: option, family: spec.family,
        description: describe(spec, drawn), kind: 'curves'}];
    };
  }

  function chi(groups) {
    var one = groups.every(function (g) {
      return g.first.rank === groups[0].first.rank;
    });
    return one ? 'χ' + subscript(groups[0].first.rank) : 'χ_k';
  }

  function ratesOf(groups) {
    var rates = [];
    groups.forEach(function (g) {
      if (rates.indexOf(g.first.learning_rate) < 0) {
        rates.push(g.first.learning_rate);
      }
    });
    return rates.length > 3 ? [] : rates;
  }

  function describe(spec, drawn) {
    return spec.title + ' over steps. ' + drawn.map(function (d) {
      var first = d.points[0];
      var last = d.points[d.points.length - 1];
      return d.group.name + ': ' + number(first[1]) + ' at step ' + grouped(first[0]) + ', ' + number(last[1]) + ' at step '
          + grouped(last[0]);
    }).join('; ') + '.';
  }

  function eigenvalues(data, groups, view) {
    var drawn = groups.map(function (g) {
      return {group: g, pairs: pairsOf(g, data, view.from), threshold: pointsOf(g, data, 'stability_threshold', view.from)};
    }).filter(function (d) {
      return d.pairs.some(function (points) {
        return points.length;
      });
    }).slice(0, 12);
    var lines = [];
    var log = true;
    drawn.forEach(function (d) {
      lines = lines.concat(d.pairs).concat([d.threshold]);
      d.pairs.forEach(function (points) {
        points.forEach(function (p) {
          log = log && p[2] > 0;
        });
      });
    });
    return drawn.map(function (d, i) {
      return spectrumFigure(view, d, scale(extent(lines, log), log), i, lastStep(groups));
    });
  }

  function spectrumFigure(view, drawn, scaled, place, last) {
    var theme = view.theme;
    var group = drawn.group;
    var rank = group.first.rank;
    var count = drawn.pairs.length;
    var frame = frameOf(view, last);
    var option = frame.option;
    var looks = {};
    option.yAxis = yAxis(frame, scaled, 'eigenvalue of the Hessian');
    option.series.push(rulers(frame, scaled));
    var inside = Math.min(rank, count);
    drawn.pairs.forEach(function (points, p) {
      var dominant = p < rank;
      var name = dominant ? 'λ₁' + (inside > 1 ? '–λ' + subscript(inside) : '') + ', dominant'
          : 'λ' + subscript(rank + 1) + (count > rank + 1 ? '–λ' + subscript(count) : '') + ', bulk';
      var share = dominant ? (inside > 1 ? p / (inside - 1) : 0) : (p - rank) / Math.max(1, count - rank - 1);
      var colors = dominant ? theme.pairs : theme.rest;
      var color = mix(colors[0], colors[1], share);
      looks[name] = looks[name] || {color: color, dash: dominant ? 'solid' : [4, 3]};
      option.series.push(line(points, {name: name, color: color, width: p === 0 ? 2.4 : 1.3, dash: dominant ? 'solid' : [4, 3]},
          scaled.log));
      if (hasWidth(points)) {
        option.series.push(band(points, color, name, scaled.log ? scaled.low : -Infinity));
      }
    });
    if (drawn.threshold.length) {
      looks['stability threshold'] = {color: theme.threshold, dash: [9, 4]};
      option.series.push(line(drawn.threshold, {name: 'stability threshold', color: theme.threshold, dash: [9, 4], z: 4}, false));
    }
    option.series = option.series.concat(switchMark(frame, [group]));
    legendIcons(option, looks);
    var tops = drawn.pairs[0];
    return {
      id: 'eigenvalues-' + slug(group.name), title: 'Eigenvalues: ' + group.name, option: option, notes: [], kind: 'curves',
      family: 'eigenvalues',
      about: place ? '' : 'The curvature along the leading eigenvectors of the training loss. Solid lines span the dominant space.'
          + (drawn.threshold.length ? ' Above the dashed line full-batch training is unstable: 2/η for gradient descent.' : ''),
      description: 'Leading ' + count + ' eigenvalues of the Hessian along ' + group.name + '. The largest is '
          + number(tops[0][1]) + ' at step ' + grouped(tops[0][0]) + ' and ' + number(tops[tops.length - 1][1]) + ' at step '
          + grouped(tops[tops.length - 1][0]) + '.'
    };
  }

  function slug(name) {
    var plain = name.toLowerCase().replace(/η/g, 'lr').replace(/[^a-z0-9.]+/g, '-').replace(/^[-.]+|[-.]+$/g, '');
    return plain.substr(0, 60) || 'branch';
  }

  /* Final loss over learning rate and rank, for each branch; filters of these two do not apply. */
  function heatMaps(data, selection, theme) {
    var panels = groupsBut(data, selection, ['seed', 'learning_rate', 'rank'], ['learning_rate', 'rank']).filter(function (panel) {
      return values(panel, 'learning_rate').length * values(panel, 'rank').length > 1;
    });
    var all = {trials: panels.reduce(function (trials, panel) {
      return trials.concat(panel.trials);
    }, [])};
    var rates = values(all, 'learning_rate');
    var ranks = values(all, 'rank');
    var cells = panels.map(function (panel) {
      return heatCells(panel, rates, ranks);
    });
    var ends = [];
    cells.forEach(function (panel) {
      panel.forEach(function (cell) {
        if (finite(cell.loss) && cell.loss > 0) {
          ends.push(cell.loss);
        }
      });
    });
    if (!ends.length) {
      return [];
    }
    var range = [Math.min.apply(null, ends), Math.max.apply(null, ends)];
    return panels.map(function (panel, i) {
      return heatFigure(panel, cells[i], range, rates, ranks, theme, i);
    });
  }

  function heatCells(panel, rates, ranks) {
    var cells = [];
    rates.forEach(function (rate, x) {
      ranks.forEach(function (rank, y) {
        var here = panel.trials.filter(function (t) {
          return t.learning_rate === rate && t.rank === rank && t.status;
        });
        var ends = here.map(function (t) {
          return t.final_train_loss;
        }).filter(finite);
        var diverged = here.filter(function (t) {
          return t.status === 'diverged';
        }).length;
        if (here.length) {
          cells.push({x: x, y: y, loss: ends.length ? mean(ends) : null, diverged: diverged, of: here.length});
        }
      });
    });
    return cells;
  }

  function heatFigure(panel, cells, range, rates, ranks, theme, place) {
    var narrow = range[1] / range[0] < 1.001;
    var category = function (name, values, gap) {
      return {type: 'category', data: values.map(String), name: name, nameLocation: 'middle', nameGap: gap,
        nameTextStyle: {color: theme.muted, fontSize: 12}, axisLine: {lineStyle: {color: theme.axis}}, axisTick: {show: false},
        axisLabel: {color: theme.muted, fontSize: 12}, splitArea: {show: false}};
    };
    var levels = Math.log(range[1] / range[0]);
    var shown = cells.map(function (cell) {
      var known = finite(cell.loss) && cell.loss > 0;
      var level = known && !narrow ? Math.log(cell.loss / range[0]) / levels : 0;
      var text = (known ? number(cell.loss) : '') + (cell.diverged ? (known ? '\n' : '') + (cell.of === 1 ? 'diverged'
          : cell.diverged + ' of ' + cell.of + ' diverged') : '');
      return {
        value: [cell.x, cell.y, known ? Math.log(cell.loss) / Math.LN10 : null, cell.loss, cell.of, cell.diverged],
        label: {show: true, formatter: text || 'not finite', color: known ? (level > 0.55 ? '#111418' : '#ffffff') : theme.text,
          fontSize: 12, fontFamily: FONT, lineHeight: 15},
        itemStyle: known ? undefined : {color: theme.grid}
      };
    });
    return {
      id: 'final-loss-' + slug(panel.name), title: 'Final loss: ' + panel.name, kind: 'heat', family: 'heat', notes: [],
      about: place ? '' : 'Mean over the seeds that came to an end, on one scale of colour for all branches. The filters of learning rate and rank do not apply here.',
      description: 'Final training loss of ' + panel.name + ' by learning rate and rank: ' + cells.map(function (cell) {
        return 'η = ' + rates[cell.x] + ', k = ' + ranks[cell.y] + ': ' + (finite(cell.loss) ? number(cell.loss) : 'diverged');
      }).join('; ') + '.',
      option: {
        animation: false, backgroundColor: 'transparent', textStyle: {fontFamily: FONT, color: theme.text},
        grid: {left: 60, right: 92, top: 16, bottom: 48},
        xAxis: category('learning rate', rates, 28), yAxis: category('rank k', ranks, 38),
        visualMap: {
          min: Math.log(range[0]) / Math.LN10, max: Math.log(narrow ? range[0] * 1.01 : range[1]) / Math.LN10, dimension: 2, right: 6,
          top: 'middle', itemWidth: 12, itemHeight: 110, calculable: false, hoverLink: false, inRange: {color: HEAT},
          text: [number(range[1]), number(range[0])], textStyle: {color: theme.muted, fontSize: 11}
        },
        series: [{type: 'heatmap', data: shown, emphasis: {disabled: true}, itemStyle: {borderColor: theme.paper, borderWidth: 2}}]
      }
    };
  }

  /* Every kind of figure, in the order of the page. Each gives none, one or more figures; a new kind is a line here. */
  var KINDS = [
    curves({id: 'training-loss', title: 'Training loss', quantity: 'train_loss', label: 'training loss', scale: 'log', family: 'loss',
      about: 'Over the whole training set. Each line is the mean over seeds, each band runs from the lowest to the highest value of any seed.'}),
    curves({id: 'alignment-gradient', title: 'Alignment of the gradient', quantity: 'chi_gradient', label: 'χ_k of the gradient',
      scale: 'unit', family: 'alignment', about: 'How much of the gradient’s norm lies in the dominant space: ‖P_k ∇L‖ / ‖∇L‖.'}),
    curves({id: 'alignment-update', title: 'Alignment of the update', quantity: 'chi_update', label: 'χ_k of the update', scale: 'unit',
      family: 'alignment', about: 'The same of the step that was made, after projection: ‖P_k Δ‖ / ‖Δ‖.'}),
    eigenvalues,
    curves({id: 'learning-rate-dominant', title: 'Effective learning rate, dominant', quantity: 'learning_rate_dominant',
      label: 'η in the dominant space', scale: 'robust', family: 'rates', rates: true, about: 'How far a step goes along the gradient within the dominant space: −⟨Δ, P_k g⟩ / ‖P_k g‖².'}),
    curves({id: 'learning-rate-bulk', title: 'Effective learning rate, bulk', quantity: 'learning_rate_bulk', label: 'η in the bulk',
      scale: 'robust', family: 'rates', rates: true, about: 'The same outside of the dominant space: −⟨Δ, (I−P_k) g⟩ / ‖(I−P_k) g‖².'}),
    curves({id: 'distance', title: 'Distance from the switch', quantity: 'distance', label: 'distance in weight space', scale: 'zero',
      family: 'walk',
      about: 'How far the weights have moved since the branches began: ‖θ − θ_switch‖.'}),
    curves({id: 'distance-to-plain', title: 'Distance to plain training', quantity: 'distance_to_plain', label: 'distance in weight space',
      scale: 'zero', family: 'walk', about: 'From where the branch would be at the same step without its projection.'}),
    curves({id: 'test-accuracy', title: 'Test accuracy', quantity: 'test_accuracy', label: 'accuracy on held-out examples',
      scale: 'robust', family: 'walk', about: 'The share of held-out examples that are classified correctly.'})
  ];

  /*
   * All figures that have data.
   * look: dark (light otherwise), fromSwitch (from the first step otherwise)
   */
  function figures(data, selection, look) {
    var groups = groupsOf(data, selection);
    if (!groups.length) {
      return [];
    }
    var view = {theme: look.dark ? DARK : LIGHT, from: look.fromSwitch ? firstSwitch(groups) : 0};
    paint(data, groups, view.theme);
    var all = [];
    KINDS.forEach(function (kind) {
      all = all.concat(kind(data, groups, view));
    });
    all = all.concat(heatMaps(data, selection, view.theme));
    unlike(all);
    return all;
  }

  /* The earliest end of a trunk; 0 where none has ended. */
  function firstSwitch(groups) {
    var first = Infinity;
    groups.forEach(function (g) {
      g.trials.forEach(function (t) {
        if (t.progress.branch_step >= 0) {
          first = Math.min(first, t.progress.branch_step);
        }
      });
    });
    return first < lastStep(groups) ? first : 0;
  }

  /* Names that differ only in what an id cannot hold get numbers. */
  function unlike(figures) {
    var seen = {};
    figures.forEach(function (figure) {
      seen[figure.id] = (seen[figure.id] || 0) + 1;
      if (seen[figure.id] > 1) {
        figure.id += '-' + seen[figure.id];
      }
    });
  }

  /*
   * A figure as a file, of the size of a paper's column or of both. Many readers of SVG do not know dominant-baseline, and none
   * needs the styles of what the mouse is over.
   */
  function svg(figure) {
    var whole = figure.family === 'loss';
    var size = whole ? [900, 460] : figure.kind === 'heat' ? [560, 340] : [640, 400];
    var chart = echarts.init(null, null, {renderer: 'svg', ssr: true, width: size[0], height: size[1]});
    figure.option.backgroundColor = '#ffffff';
    chart.setOption(figure.option);
    var text = chart.renderToSVGString();
    chart.dispose();
    return {
      text: text.replace(/ dominant-baseline="central"/g, ' dy="0.35em"').replace(/="transparent"/g, '="none"').replace(/<style[\s\S]*?<\/style>/g, ''),
      width: size[0], height: size[1]
    };
  }

  /* Widths of letters in ems, as Helvetica has them, for where there is no canvas to measure on. */
  function width(letter) {
    return /[ijl.,:;|!' ]/.test(letter) ? 0.26 : /[frt()\[\]I\-]/.test(letter) ? 0.33 : /[mwMW@]/.test(letter) ? 0.86
        : /[A-Z]/.test(letter) ? 0.69 : /[₀-₉]/.test(letter) ? 0.36 : 0.556;
  }

  function measure(text, font) {
    var size = parseFloat((/([\d.]+)px/.exec(font) || [0, 12])[1]);
    var ems = 0;
    for (var i = 0; i < text.length; i++) {
      ems += width(text.charAt(i));
    }
    return {width: ems * size};
  }

  /* Every figure that is shown at first, as files, for who has no browser. */
  function files(data) {
    echarts.setPlatformAPI({measureText: measure});
    return figures(data, firstSelection(data), {dark: false, fromSwitch: false}).map(function (figure) {
      return {id: figure.id, svg: svg(figure).text};
    });
  }

  /* ---- words ---- */

  /* The groups that share all but branch with the first. */
  function firstFamily(data, selection) {
    var families = groupsBut(data, selection, ['seed', 'branch', 'a', 'b', 'branch_method']);
    return families.length ? {count: families.length, trials: families[0].trials, first: families[0].first} : null;
  }

  function percent(share) {
    var p = Math.abs(100 * share);
    return (p >= 10 ? p.toFixed(0) : p >= 0.95 ? p.toFixed(1) : p.toPrecision(1)).replace(/\.0$/, '') + ' %';
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
      return (d.symbol || '') + family.first[d.key];
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

  return {
    choices: choices,
    figures: figures,
    files: files,
    firstSelection: firstSelection,
    grouped: grouped,
    isSelected: isSelected,
    number: number,
    plural: plural,
    sentence: sentence,
    svg: svg
  };
})();
