  /* ---- Filters ---- */

  function filters() {
    var choices = S.choices(data);
    var fields = choices.map(function (choice) {
      var chips = choice.values.map(function (value, i) {
        var box = element('input', {type: 'checkbox', name: choice.key, value: String(i)});
        box.checked = selection[choice.key].indexOf(value) >= 0;
        box.addEventListener('change', function () {
          selection[choice.key] = choice.values.filter(function (other, j) {
            return j === i ? box.checked : selection[choice.key].indexOf(other) >= 0;
          });
          update();
        });
        return element('label', {'class': 'chip', title: String(value)}, [box, element('span', {}, F.given(value))]);
      });
      return element('fieldset', {}, [element('legend', {}, choice.label), element('div', {'class': 'chips'}, chips)]);
    });
    fields = fields.concat(page.fields());
    byId('filters').hidden = !fields.length;
    replace(byId('choices'), fields);
  }

  function stepsField() {
    var chips = ['all', 'from the switch'].map(function (words, i) {
      var button = element('input', {type: 'radio', name: 'steps', value: String(i)});
      button.checked = fromSwitch === (i === 1);
      button.addEventListener('change', function () {
        fromSwitch = i === 1;
        drawFigures();
      });
      return element('label', {'class': 'chip'}, [button, element('span', {}, words)]);
    });
    return element('fieldset', {}, [element('legend', {}, 'Steps'), element('div', {'class': 'chips'}, chips)]);
  }
