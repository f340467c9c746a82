package org.eigensweep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.junit.jupiter.api.Test;

/** Projections against hand-made bases. */
class UpdateRuleTest extends OnFloat64Device {
  private Matrix vector(double... values) {
    Matrix vector = scope.matrix(values.length, 1);
    vector.write(values);
    return vector;
  }

  /** The plane spanned by (e1+e2)/√2 and e4 in five dimensions. */
  private Matrix plane() {
    double r = Math.sqrt(0.5);
    Matrix basis = scope.matrix(5, 2);
    basis.write(new double[] {r, r, 0, 0, 0, 0, 0, 0, 1, 0});
    return basis;
  }

  private double[] apply(UpdateRule rule) {
    Matrix displacement = vector(1, 3, 5, 7, 9);
    rule.apply(plane(), displacement);
    return displacement.toDoubles();
  }

  @Test
  void keepsWhatItsNameSays() {
    double u = 1e-14; // a few operations on numbers below ten
    assertThat(apply(UpdateRule.PLAIN)).containsExactly(1, 3, 5, 7, 9);
    assertThat(apply(UpdateRule.DOMINANT)).containsExactly(new double[] {2, 2, 0, 7, 0}, within(u));
    assertThat(apply(UpdateRule.BULK)).containsExactly(new double[] {-1, 1, 5, 0, 9}, within(u));
    assertThat(apply(new UpdateRule(0.5, 2)))
        .containsExactly(new double[] {-1, 3, 10, 3.5, 18}, within(u));
    assertThat(apply(new UpdateRule(0.5, 0.5)))
        .containsExactly(new double[] {0.5, 1.5, 2.5, 3.5, 4.5});
  }

  @Test
  void knowsWhenItNeedsTheSpace() {
    assertThat(UpdateRule.PLAIN.projects()).isFalse();
    assertThat(UpdateRule.DOMINANT.projects()).isTrue();
    assertThat(UpdateRule.BULK.projects()).isTrue();
    Matrix displacement = vector(1, 2);
    UpdateRule.PLAIN.apply(null, displacement);
    assertThat(displacement.toDoubles()).containsExactly(1, 2);
  }
}
