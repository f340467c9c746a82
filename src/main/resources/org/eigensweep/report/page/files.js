  /* ---- Figures as files ---- */

  /*
   * A figure as a file, of the size of a paper's column or of both. Many readers of SVG do not know dominant-baseline, and none
   * needs the styles of what the mouse is over.
   */
  function svg(figure) {
    var size = figure.family === 'overview' ? [900, 600] : figure.family === 'loss' ? [900, 460]
        : figure.kind === 'heat' ? [560, 340] : [640, Math.max(400, figure.height || 0)];
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
    function file(figure) {
      return {id: figure.id, svg: svg(figure).text};
    }
    var of = subject(data);
    var all = of.figures(data, of.firstSelection(data), {dark: false, fromSwitch: false, narrow: false});
    var drawn = all.map(file);
    var both = of.besides(all); /* takes the options of two figures, which are drawn by now */
    return both ? drawn.concat(file(both)) : drawn;
  }
