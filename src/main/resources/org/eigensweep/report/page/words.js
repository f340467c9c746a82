  /* ---- Numbers and words ---- */

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

  /* A setting as it was given, without the last digits of binary fractions. */
  function given(value) {
    return typeof value === 'number' ? String(Number(value.toPrecision(6))) : String(value);
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
