  /* ---- Figures of the final loss over learning rate and rank ---- */

  /* Final loss over learning rate and rank, for each branch; filters of these two do not apply. */
  function heatMaps(data, selection, theme) {
    var panels = groupsBut(data, selection, ['seed', 'learning_rate', 'rank'], ['learning_rate', 'rank']).filter(function (panel) {
      return values(panel.trials, 'learning_rate').length * values(panel.trials, 'rank').length > 1;
    });
    var all = panels.reduce(function (trials, panel) {
      return trials.concat(panel.trials);
    }, []);
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
      return {type: 'category', data: values.map(given), name: name, nameLocation: 'middle', nameGap: gap,
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
        value: [cell.x, cell.y, Math.log(known ? cell.loss : range[0]) / Math.LN10, cell.loss, cell.of, cell.diverged],
        visualMap: known,
        label: {show: true, formatter: text || 'not finite', color: known ? (level > 0.55 ? '#111418' : '#ffffff') : theme.text,
          fontSize: 12, fontFamily: FONT, lineHeight: 15},
        itemStyle: known ? {} : {color: theme.grid}
      };
    });
    return {
      id: 'final-loss-' + slug(panel.name), title: 'Final loss: ' + panel.name, kind: 'heat', family: 'heat', notes: [],
      about: place ? '' : 'Mean over the seeds that came to an end, on one scale of colour for all branches. The filters of learning rate and rank do not apply here.',
      description: 'Final training loss of ' + panel.name + ' by learning rate and rank: ' + cells.map(function (cell) {
        return 'η = ' + given(rates[cell.x]) + ', k = ' + ranks[cell.y] + ': ' + (finite(cell.loss) ? number(cell.loss) : 'diverged');
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
