  /* ---- Foot ---- */

  function foot() {
    var made = 'Made by Eigensweep ' + data.version + ' on ' + data.made.substr(0, 16).replace('T', ' ') + ' UTC from '
        + F.plural(data.rows.steps, 'row', 'rows') + ' of steps and ' + F.grouped(data.rows.eigenvalues) + ' of eigenvalues in '
        + data.folders.join(', ') + '.';
    var thin = data.thinned ? 'Curves are thinned to ' + data.grid.buckets + ' buckets of steps, those of eigenvalues to '
        + data.pairGrid.buckets + '. A line is drawn through the mean of each bucket, placed at its first step; its band reaches '
        + 'from the lowest to the highest value of any row in the bucket, so that no extreme is lost. Numbers have '
        + data.digits + ' significant digits.'
        : 'Every row is drawn. Numbers have ' + data.digits + ' significant digits.';
    if (data.density) {
      thin += ' Spectral densities are means over ' + F.plural(data.density.steps.length, 'bucket', 'buckets') + ' of steps, in '
          + F.plural(data.density.bins, 'bin', 'bins') + ' of eigenvalues.';
    }
    replace(byId('footer'), [element('p', {}, thin), element('p', {}, made)]);
  }
