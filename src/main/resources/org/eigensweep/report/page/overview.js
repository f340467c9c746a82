  /* ---- Loss over alignment, in one file ---- */

  /* The options of two figures of curves as one, the second under the first, with one axis of steps. */
  function stacked(upper, lower) {
    function beneath(series) {
      series.xAxisIndex = 1;
      series.yAxisIndex = 1;
      return series;
    }
    var option = upper.option;
    var above = option.xAxis;
    above.name = '';
    above.axisLabel.show = false;
    lower.option.xAxis.gridIndex = 1;
    lower.option.yAxis.gridIndex = 1;
    option.grid = [{left: 72, right: 20, top: 44, height: 330}, {left: 72, right: 20, top: 400, height: 150}];
    option.xAxis = [above, lower.option.xAxis];
    option.yAxis = [option.yAxis, lower.option.yAxis];
    option.series = option.series.concat(lower.option.series.map(beneath));
    return option;
  }

  /* The two figures that say most, as one for the head of a page; null where one is missing. */
  function overview(all) {
    function named(id) {
      return all.filter(function (figure) {
        return figure.id === id;
      })[0];
    }
    var loss = named('training-loss');
    var alignment = named('alignment-gradient');
    return loss && alignment ? {id: 'overview', family: 'overview', option: stacked(loss, alignment)} : null;
  }
