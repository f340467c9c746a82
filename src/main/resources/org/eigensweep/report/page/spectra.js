  /* ---- Figures of saved networks' spectra ---- */

  function spectraFigures(data, selection, look) {
    var view = {theme: look.dark ? DARK : LIGHT, from: 0, narrow: look.narrow};
    var shown = studiesOf(data, selection, view.theme);
    if (!shown.length) {
      return [];
    }
    var all = [];
    [
      pairFigure({id: 'eigenvalues', title: 'Leading eigenvalues', label: 'eigenvalue', log: true, value: eigenvalueOf,
        about: 'In leading order. A band reaches as far as the residual allows, where that is wide enough to be seen.'}),
      pairFigure({id: 'residuals', title: 'Residuals', label: '‖Au − λu‖ / max |λ|', log: true, value: plainly('residual'),
        about: 'How far each pair is from an eigenpair, relative to the largest eigenvalue in magnitude.'}),
      pairFigure({id: 'alignment', title: 'Alignment of the gradient', label: '|⟨u, g⟩| / ‖g‖', unit: true, value: cosineOf,
        about: 'The magnitude of the cosine between the gradient and each eigenvector.'}),
      densityFigures,
      layerPlot({id: 'layer-eigenvalues', title: 'Leading eigenvalue of each layer', label: 'eigenvalue', log: true, value: layerTop,
        about: 'Of the layer’s own diagonal block.'}),
      layerPlot({id: 'layer-traces', title: 'Trace of each layer', label: 'trace', log: true, value: layerTrace,
        about: 'Of the same block, by Hutch++. A bar reaches one standard error to either side.'})
    ].forEach(function (kind) {
      all = all.concat(kind(data, shown, view));
    });
    return all;
  }

  /* Points are as those over steps: where, value, lowest and highest value, how many. */
  function eigenvalueOf(pair, study) {
    var room = pair.residual * study.largest || 0;
    return [pair.pair, pair.eigenvalue, pair.eigenvalue - room, pair.eigenvalue + room, 1];
  }

  function plainly(column) {
    return function (pair) {
      return [pair.pair, pair[column], pair[column], pair[column], 1];
    };
  }

  function cosineOf(pair) {
    var size = finite(pair.cosine) ? Math.abs(pair.cosine) : null;
    return [pair.pair, size, size, size, 1];
  }

  function legendOf(option, shown) {
    var looks = {};
    shown.forEach(function (s) {
      looks[s.name] = s.look;
    });
    legendIcons(option, looks);
    if (shown.length === 1) {
      option.legend.show = false;
      option.grid.top = 20;
    }
  }

  function pairFigure(spec) {
    return function (data, shown, view) {
      var drawn = shown.map(function (s) {
        return {shown: s, points: s.study.pairs.map(function (pair) {
          return spec.value(pair, s.study);
        }).filter(function (p) {
          return finite(p[1]);
        })};
      }).filter(function (d) {
        return d.points.length;
      });
      var lines = drawn.map(function (d) {
        return d.points.map(function (p) {
          return [p[0], p[1], p[1], p[1]];
        });
      });
      var log = spec.log && extent(lines, false)[0] > 0;
      if (!drawn.length) {
        return [];
      }
      var scaled = spec.unit ? {low: 0, high: 1, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1]} : scale(extent(lines, false), log);
      var most = Math.max.apply(null, drawn.map(function (d) {
        return d.points[d.points.length - 1][0];
      }));
      var frame = frameOf(view, most + 1);
      var option = frame.option;
      option.xAxis.name = 'pair';
      option.xAxis.minInterval = 1;
      option.xAxis.axisTick.show = false;
      option.xAxis.axisLabel.formatter = function (pair) {
        return pair >= 1 && pair <= most && pair % 1 === 0 ? grouped(pair) : '';
      };
      option.yAxis = yAxis(frame, scaled, spec.label);
      option.series.push(rulers(frame, scaled));
      drawn.forEach(function (d) {
        option.series.push(everyPoint(line(d.points, d.shown.look, log)));
        if (hasWidth(d.points)) {
          option.series.push(band(d.points, d.shown.look.color, d.shown.name, log ? scaled.low : -Infinity));
        }
      });
      legendOf(option, drawn.map(function (d) {
        return d.shown;
      }));
      return [{
        id: spec.id, title: spec.title, about: spec.about, notes: [], option: option, kind: 'pairs', family: 'pairs', where: pairPlace,
        description: spec.title + '. ' + drawn.map(function (d) {
          return d.shown.name + ': ' + d.points.map(function (p) {
            return number(p[1]);
          }).join(', ');
        }).join('; ') + '.'
      }];
    };
  }

  function pairPlace(point) {
    return 'pair ' + point[0];
  }

  function everyPoint(series) {
    series.symbolSize = 7;
    series.data.forEach(function (point) {
      point.symbol = 'circle';
    });
    series.lineStyle.width = 1.4;
    return series;
  }

  /* ---- The spectral density, as shares in the bins of the map over steps ---- */

  function densityFigures(data, shown, view) {
    var density = data.density;
    var drawn = !density ? [] : shown.map(function (s) {
      return {shown: s, cells: densityCells(densityColumns(s, density, 0), density)};
    }).filter(function (d) {
      return d.cells.length;
    });
    if (!drawn.length) {
      return [];
    }
    var all = drawn.reduce(function (cells, d) {
      return cells.concat(d.cells);
    }, []);
    var range = axisRange(all, density);
    var low = Math.pow(10, shareRange(all)[0]);
    var frame = frameOf(view, range[1]);
    var option = frame.option;
    option.xAxis.min = range[0];
    option.xAxis.name = 'eigenvalue';
    option.xAxis.axisLabel.show = false;
    option.xAxis.axisTick.show = false;
    option.xAxis.axisLine.onZero = false;
    option.yAxis = yAxis(frame, {low: low, high: 1.4, log: true}, 'share of the eigenvalues');
    option.series.push(rulers(frame, {ticks: logTicks(low, 1)}));
    option.series.push(signedRulers(frame, density, range, 'xAxis', view.narrow ? 6 : 12));
    option.series = option.series.concat(oneEigenvalue(frame, drawn, low));
    drawn.forEach(function (d) {
      option.series = option.series.concat(bars(d, low, drawn.length));
    });
    legendOf(option, drawn.map(function (d) {
      return d.shown;
    }));
    return [{
      id: 'density', title: 'Spectral density', notes: [], option: option, kind: 'bars', family: 'density',
      about: 'The share of all eigenvalues in each bin, by stochastic Lanczos quadrature, on an axis that is logarithmic on either side of zero.',
      where: function (point) {
        return 'eigenvalues from ' + number(unplace(density, point[5])) + ' to ' + number(unplace(density, point[6]));
      },
      description: 'Spectral density. ' + drawn.map(function (d) {
        return d.shown.name + ': the eigenvalues lie between ' + number(unplace(density, d.cells[0][1])) + ' and '
            + number(unplace(density, d.cells[d.cells.length - 1][2]));
      }).join('; ') + '.'
    }];
  }

  function bars(drawn, low, count) {
    var look = drawn.shown.look;
    return [{
      type: 'custom', name: drawn.shown.name, silent: true, clip: true, z: 4, encode: {x: [0, 1], y: 2}, color: look.color,
      data: drawn.cells.map(function (cell) {
        return [cell[1], cell[2], cell[6]];
      }),
      renderItem: function (params, api) {
        var from = api.coord([api.value(0), Math.max(api.value(2), low)]);
        var to = api.coord([api.value(1), low]);
        var x = Math.round(from[0]);
        return {type: 'rect', shape: {x: x, y: from[1], width: Math.max(1, Math.round(to[0]) - x - (count === 1 ? 1 : 0)),
          height: Math.max(0, to[1] - from[1])},
        style: {fill: look.color, opacity: count === 1 ? 0.85 : 0.4}};
      }
    }, {
      /* What a pointer reads, at the middle of each bin. */
      type: 'line', name: drawn.shown.name, color: look.color, symbol: 'none', showSymbol: false, z: 1, emphasis: {disabled: true},
      lineStyle: {width: 0, opacity: 0},
      data: drawn.cells.map(function (cell) {
        return {value: [(cell[1] + cell[2]) / 2, cell[6], cell[6], cell[6], 1, cell[1], cell[2]]};
      })
    }];
  }

  /* The share that one eigenvalue has, where it is the same for all. */
  function oneEigenvalue(frame, drawn, low) {
    var sizes = values(drawn.map(function (d) {
      return d.shown.study;
    }), 'block_parameters');
    if (sizes.length !== 1 || !(1 / sizes[0] > low)) {
      return [];
    }
    return [{
      type: 'line', name: '', data: [], silent: true, z: 5,
      markLine: {
        silent: true, symbol: 'none', precision: -1, animation: false, lineStyle: {color: frame.theme.muted, type: [2, 3], width: 1.2},
        data: [{yAxis: 1 / sizes[0], label: {formatter: 'one eigenvalue', position: 'insideEndTop', color: frame.theme.muted, fontSize: 12,
          fontFamily: FONT}}]
      }
    }];
  }
