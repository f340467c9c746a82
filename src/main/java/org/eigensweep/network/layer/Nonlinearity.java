package org.eigensweep.network.layer;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.array.Unary;

/**
 * A function a = σ(z) of each element, with its slope σ′ and its bend σ″. The matrices of one call
 * have one shape and do not overlap. Where a derivative jumps, it takes the value of one side; this
 * concerns a set of measure zero.
 */
public enum Nonlinearity {
  RELU {
    @Override
    void apply(Matrix z, Matrix a) {
      z.device().map(Unary.RELU, z, a);
    }

    @Override
    void slope(Matrix z, Matrix a, Matrix slope) {
      z.device().map(Unary.STEP, a, slope);
    }

    @Override
    Shape shape() {
      return Shape.PIECEWISE_LINEAR;
    }
  },

  /** σ′ = 1 − a², σ″ = −2a·σ′. */
  TANH {
    @Override
    void apply(Matrix z, Matrix a) {
      z.device().map(Unary.TANH, z, a);
    }

    @Override
    void slope(Matrix z, Matrix a, Matrix slope) {
      oneMinusSquare(a, slope);
    }

    @Override
    void bend(Matrix z, Matrix a, Matrix slope, Matrix bend) {
      z.device().multiply(-2, a, slope, 0, bend);
    }
  },

  /** σ′ = 1 + min(a, 0), σ″ = σ′ below 0 and 0 above. */
  ELU {
    @Override
    void apply(Matrix z, Matrix a) {
      z.device().map(Unary.ELU, z, a);
    }

    @Override
    void slope(Matrix z, Matrix a, Matrix slope) {
      Device device = z.device();
      try (Scope temporary = device.open()) {
        Matrix negative = temporary.matrix(a.rows(), a.columns());
        device.copy(a, negative);
        device.scale(-1, negative);
        device.map(Unary.RELU, negative, negative);
        device.fill(1, slope);
        device.axpy(-1, negative, slope);
      }
    }

    @Override
    void bend(Matrix z, Matrix a, Matrix slope, Matrix bend) {
      Device device = z.device();
      device.map(Unary.STEP, a, bend);
      device.scale(-1, bend);
      device.axpy(1, slope, bend);
    }
  },

  /**
   * σ = max(z, 0) + log(1 + e^−|z|), which unlike DL4J's log(1 + eᶻ) is finite for large z too; σ′
   * = s(z), the sigmoid, σ″ = s·(1 − s).
   */
  SOFTPLUS {
    @Override
    void apply(Matrix z, Matrix a) {
      Device device = z.device();
      try (Scope temporary = device.open()) {
        Matrix rest = temporary.matrix(z.rows(), z.columns());
        device.map(Unary.RELU, z, a);
        device.copy(z, rest);
        device.axpy(-2, a, rest);
        device.map(Unary.EXP, rest, rest);
        device.map(Unary.LOG1P, rest, rest);
        device.axpy(1, rest, a);
      }
    }

    @Override
    void slope(Matrix z, Matrix a, Matrix slope) {
      z.device().map(Unary.SIGMOID, z, slope);
    }

    @Override
    void bend(Matrix z, Matrix a, Matrix slope, Matrix bend) {
      minusSquare(slope, bend);
    }
  },

  /** σ′ = 1 inside (−1, 1). */
  HARDTANH {
    @Override
    void apply(Matrix z, Matrix a) {
      z.device().map(Unary.HARDTANH, z, a);
    }

    @Override
    void slope(Matrix z, Matrix a, Matrix slope) {
      oneMinusSquare(a, slope);
      z.device().map(Unary.STEP, slope, slope);
    }

    @Override
    Shape shape() {
      return Shape.PIECEWISE_LINEAR;
    }
  },

  /** σ′ = a − a², σ″ = σ′ − 2a·σ′. */
  SIGMOID {
    @Override
    void apply(Matrix z, Matrix a) {
      z.device().map(Unary.SIGMOID, z, a);
    }

    @Override
    void slope(Matrix z, Matrix a, Matrix slope) {
      minusSquare(a, slope);
    }

    @Override
    void bend(Matrix z, Matrix a, Matrix slope, Matrix bend) {
      z.device().copy(slope, bend);
      z.device().multiply(-2, a, slope, 1, bend);
    }
  },

  /**
   * DL4J's default: not z·Φ(z) but Hendrycks and Gimpel's (arXiv 1606.08415) approximation by a
   * sigmoid, a = z·s(cz) with c = 1.702 rounded to float32. With s for s(cz) and q = s·(1 − s), σ′
   * = s + cz·q and σ″ = 2cq + c²z·q·(1 − 2s).
   */
  GELU {
    private static final double C = 1.702f;

    @Override
    void apply(Matrix z, Matrix a) {
      sigmoid(z, a);
      z.device().multiply(z, a, a);
    }

    private void sigmoid(Matrix z, Matrix s) {
      z.device().copy(z, s);
      z.device().scale(C, s);
      z.device().map(Unary.SIGMOID, s, s);
    }

    @Override
    void slope(Matrix z, Matrix a, Matrix slope) {
      Device device = z.device();
      try (Scope temporary = device.open()) {
        Matrix s = temporary.matrix(z.rows(), z.columns());
        sigmoid(z, s);
        minusSquare(s, slope);
        device.multiply(z, slope, slope);
        device.scale(C, slope);
        device.axpy(1, s, slope);
      }
    }

    @Override
    void bend(Matrix z, Matrix a, Matrix slope, Matrix bend) {
      Device device = z.device();
      try (Scope temporary = device.open()) {
        Matrix s = temporary.matrix(z.rows(), z.columns());
        Matrix q = temporary.matrix(z.rows(), z.columns());
        sigmoid(z, s);
        minusSquare(s, q);
        device.fill(1, bend);
        device.axpy(-2, s, bend);
        device.multiply(z, bend, bend);
        device.multiply(q, bend, bend);
        device.scale(C * C, bend);
        device.axpy(2 * C, q, bend);
      }
    }
  };

  /** Whether σ″ has to be computed at all. */
  enum Shape {
    /** σ″ is 0 wherever it exists. */
    PIECEWISE_LINEAR,
    CURVED
  }

  /** a ← σ(z). */
  abstract void apply(Matrix z, Matrix a);

  /** slope ← σ′(z), with a = σ(z). */
  abstract void slope(Matrix z, Matrix a, Matrix slope);

  /** bend ← σ″(z), with a = σ(z) and slope = σ′(z); never asked of a piecewise linear σ. */
  void bend(Matrix z, Matrix a, Matrix slope, Matrix bend) {
    throw new IllegalStateException(this + " is piecewise linear");
  }

  Shape shape() {
    return Shape.CURVED;
  }

  private static void oneMinusSquare(Matrix x, Matrix out) {
    x.device().fill(1, out);
    x.device().multiply(-1, x, x, 1, out);
  }

  private static void minusSquare(Matrix x, Matrix out) {
    x.device().copy(x, out);
    x.device().multiply(-1, x, x, 1, out);
  }
}
