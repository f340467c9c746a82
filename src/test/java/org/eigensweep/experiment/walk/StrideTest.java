package org.eigensweep.experiment.walk;

import static org.assertj.core.api.Assertions.assertThat;

import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.junit.jupiter.api.Test;

class StrideTest extends OnFloat64Device {
  private Matrix vector(double... values) {
    Matrix vector = scope.matrix(values.length, 1);
    vector.write(values);
    return vector;
  }

  @Test
  void isTheLengthOfTheUpdateOverThatOfTheGradient() {
    Stride stride = new Stride(Witness.NOBODY);
    stride.gradient(vector(3, 4));
    stride.base(vector(0, -10));
    assertThat(stride.perGradient()).isEqualTo(2);
  }

  @Test
  void isNothingWhereNothingMoves() {
    Stride stride = new Stride(Witness.NOBODY);
    stride.gradient(vector(0, 0));
    stride.base(vector(0, 0));
    assertThat(stride.perGradient()).isZero();
  }
}
