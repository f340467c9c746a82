  /* ---- Figures of eigenvalues, one for each branch ---- */

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
      var name = dominant ? 'λ₁' + (inside > 1 ? '–λ' + subscript(inside) : '')
          : 'λ' + subscript(rank + 1) + (count > rank + 1 ? '–λ' + subscript(count) : '');
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
      looks.threshold = {color: theme.threshold, dash: [9, 4]};
      option.series.push(line(drawn.threshold, {name: 'threshold', color: theme.threshold, dash: [9, 4]}, false));
    }
    option.series = option.series.concat(switchMark(frame, [group]));
    legendIcons(option, looks);
    var tops = drawn.pairs[0];
    return {
      id: 'eigenvalues-' + slug(group.name), title: 'Eigenvalues: ' + group.name, option: option, notes: [], kind: 'curves',
      family: 'eigenvalues',
      about: place ? '' : 'The curvature along the leading eigenvectors of the training loss. Solid lines span the dominant space, dotted ones follow.'
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
