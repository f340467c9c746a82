  /* ---- Figures of the spectral density over steps, one for each branch ---- */

  var SHARES = [1e-7, 1]; /* no scale of colour goes deeper */

  /* Where an eigenvalue is on the signed logarithmic axis, whose bins are of equal width. */
  function place(axis, eigenvalue) {
    return (eigenvalue < 0 ? -1 : 1) * Math.log(1 + Math.abs(eigenvalue) / axis.scale);
  }

  function unplace(axis, at) {
    return (at < 0 ? -1 : 1) * axis.scale * (Math.exp(Math.abs(at)) - 1);
  }

  /* Over the seeds of a group, where any was measured: step, and the mean share of each bin. */
  function densityColumns(group, density, from) {
    var byBucket = {};
    group.indices.forEach(function (i) {
      (density.trials[i] || []).forEach(function (column) {
        byBucket[column.at] = (byBucket[column.at] || []).concat([column]);
      });
    });
    return Object.keys(byBucket).map(Number).sort(function (a, b) {
      return a - b;
    }).map(function (bucket) {
      var shares = {};
      byBucket[bucket].forEach(function (column) {
        column.bins.forEach(function (bin, i) {
          shares[bin] = (shares[bin] || 0) + column.shares[i] / byBucket[bucket].length;
        });
      });
      return {step: density.steps[bucket], shares: shares, seeds: byBucket[bucket].length};
    }).filter(function (column) {
      return column.step >= from;
    });
  }

  /* A column reaches half way to its neighbours, and as far on its other side if it has one alone. */
  function widen(columns, range) {
    var alone = (range[1] - range[0]) / 50;
    columns.forEach(function (column, i) {
      var before = i > 0 ? (column.step - columns[i - 1].step) / 2 : null;
      var after = i + 1 < columns.length ? (columns[i + 1].step - column.step) / 2 : null;
      column.from = Math.max(range[0], column.step - (before === null ? after === null ? alone : after : before));
      column.to = Math.min(range[1], column.step + (after === null ? before === null ? alone : before : after));
    });
  }

  /* Each cell: step, lower and upper edge on the axis, left and right edge, decimal logarithm of its share, bin, seeds. */
  function densityCells(columns, density) {
    var cells = [];
    columns.forEach(function (column) {
      Object.keys(column.shares).map(Number).sort(compare).forEach(function (bin) {
        cells.push([column.step, bin * density.width, (bin + 1) * density.width, column.from, column.to,
          Math.log(column.shares[bin]) / Math.LN10, column.shares[bin], column.seeds]);
      });
    });
    return cells;
  }

  function densityMaps(data, groups, view) {
    var density = data.density;
    if (!density) {
      return [];
    }
    var range = [view.from, lastStep(groups)];
    var drawn = groups.map(function (group) {
      var columns = densityColumns(group, density, view.from);
      widen(columns, range);
      return {group: group, columns: columns, cells: densityCells(columns, density)};
    }).filter(function (d) {
      return d.cells.length;
    }).slice(0, 12);
    var all = drawn.reduce(function (cells, d) {
      return cells.concat(d.cells);
    }, []);
    var shares = shareRange(all);
    return drawn.map(function (d, i) {
      return densityFigure(density, d, axisRange(all, density), shares, view, range[1], i);
    });
  }

  function axisRange(cells, density) {
    var low = Infinity;
    var high = -Infinity;
    cells.forEach(function (cell) {
      low = Math.min(low, cell[1]);
      high = Math.max(high, cell[2]);
    });
    return [low - density.width, high + density.width];
  }

  /* Whole decades, down to the one below which a fiftieth of the cells are, which then all look like it. */
  function shareRange(cells) {
    var shares = cells.map(function (cell) {
      return cell[6];
    }).sort(function (a, b) {
      return a - b;
    });
    var low = Math.max(SHARES[0], shares[Math.floor(shares.length / 50)] || SHARES[1]);
    var from = Math.floor(Math.log(low) / Math.LN10 + 1e-9);
    return [Math.min(from, -1), 0];
  }

  /* Zero, and powers of ten of either sign that leave room between their numbers. */
  function signedTicks(axis, range, most) {
    var room = (range[1] - range[0]) / most;
    var ticks = range[0] <= 0 && range[1] >= 0 ? [0] : [];
    [1, -1].forEach(function (sign) {
      var last = sign * range[sign > 0 ? 1 : 0];
      var before = Math.max(0, sign > 0 ? range[0] - room : -range[1] - room);
      var from = Math.floor(Math.log(axis.scale / 10) / Math.LN10);
      var powers = [];
      for (var e = from; e < from + 320 && place(axis, Math.pow(10, e)) <= last; e++) {
        var at = place(axis, Number('1e' + e));
        if (at >= before + room) {
          powers.push(sign * Number('1e' + e));
          before = at;
        }
      }
      ticks = ticks.concat(powers);
    });
    if (ticks.length < 2) {
      ticks = [range[0] + room, (range[0] + range[1]) / 2, range[1] - room].map(function (at) {
        return Number(unplace(axis, at).toPrecision(3));
      });
    }
    return ticks;
  }

  /* Of the signed axis, for the axis that it is drawn on. */
  function signedRulers(frame, density, range, axis, most) {
    var rulers = {
      type: 'line', name: '', data: [], silent: true, z: 0,
      markLine: {
        silent: true, symbol: 'none', precision: -1, animation: false, z: 0,
        label: {position: 'start', color: frame.theme.muted, fontSize: 12, fontFamily: FONT, distance: 8}
      }
    };
    rulers.markLine.data = signedTicks(density, range, most).map(function (tick) {
      var at = {label: {formatter: number(tick)},
        lineStyle: {color: tick === 0 ? 'rgba(128,128,128,0.9)' : 'rgba(128,128,128,0.3)', type: 'solid', width: 1}};
      at[axis] = place(density, tick);
      return at;
    });
    return rulers;
  }

  /* Whole pixels, so that neighbours leave no seam. */
  function cellShape(params, api) {
    var from = api.coord([api.value(3), api.value(2)]);
    var to = api.coord([api.value(4), api.value(1)]);
    var x = Math.round(from[0]);
    var y = Math.round(from[1]);
    return {
      type: 'rect', shape: {x: x, y: y, width: Math.max(1, Math.round(to[0]) - x), height: Math.max(1, Math.round(to[1]) - y)},
      style: {fill: api.visual('color')}
    };
  }

  function densityFigure(density, drawn, range, shares, view, last, place) {
    var theme = view.theme;
    var group = drawn.group;
    var frame = frameOf(view, last);
    var option = frame.option;
    option.grid = {left: 68, right: 68, top: 26, bottom: 48};
    option.legend = {show: false};
    option.xAxis.axisLine.onZero = false;
    option.yAxis = yAxis(frame, {low: range[0], high: range[1], log: false}, 'eigenvalue of the Hessian');
    option.visualMap = {
      type: 'continuous', min: shares[0], max: shares[1], dimension: 5, seriesIndex: 1, right: 2, top: 'middle', itemWidth: 12,
      itemHeight: 120, calculable: false, hoverLink: false, inRange: {color: theme === DARK ? HEAT : HEAT.slice().reverse()},
      text: ['share 1', number(Math.pow(10, shares[0]))], textStyle: {color: theme.muted, fontSize: 11}
    };
    option.series.push(signedRulers(frame, density, range, 'yAxis', 16));
    option.series.push({
      type: 'custom', name: 'density', silent: true, clip: true, z: 4, renderItem: cellShape, encode: {x: [3, 4], y: [1, 2]},
      progressive: 0, data: drawn.cells
    });
    option.series = option.series.concat(switchMark(frame, [group]));
    return {
      id: 'density-' + slug(group.name), title: 'Spectral density: ' + group.name, option: option, notes: [], kind: 'density',
      family: 'density',
      about: place ? '' : 'Where all eigenvalues of the Hessian lie: the colour is the share of them in a bin, as a mean over seeds. The axis is logarithmic on either side of zero.',
      description: densityWords(density, drawn)
    };
  }

  function densityWords(density, drawn) {
    function ends(column) {
      var bins = Object.keys(column.shares).map(Number);
      return number(unplace(density, Math.min.apply(null, bins) * density.width)) + ' to '
          + number(unplace(density, (Math.max.apply(null, bins) + 1) * density.width)) + ' at step ' + grouped(column.step);
    }
    var columns = drawn.columns;
    return 'Spectral density of the Hessian along ' + drawn.group.name + ' at ' + plural(columns.length, 'step', 'steps')
        + '. The eigenvalues lie within ' + ends(columns[0])
        + (columns.length > 1 ? ' and within ' + ends(columns[columns.length - 1]) : '') + '.';
  }
