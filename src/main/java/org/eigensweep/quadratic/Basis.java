package org.eigensweep.quadratic;

import java.util.random.RandomGenerator;
import org.eigensweep.array.HostMatrix;

/** How the eigenvectors of a quadratic lie in parameter space. */
public enum Basis {
  /** Along the coordinate axes. */
  AXES {
    @Override
    HostMatrix.Doubles vectors(int n, RandomGenerator random) {
      return null;
    }
  },
  /** In a random orthonormal basis, uniform over all of them. */
  RANDOM {
    @Override
    HostMatrix.Doubles vectors(int n, RandomGenerator random) {
      return RandomRotation.of(n, random);
    }
  };

  /**
   * Most parameters of a random basis. It is a dense matrix that every executor holds: 128 MiB at
   * this size.
   */
  public static final int MOST_RANDOM = 4096;

  /** The eigenvectors as columns, n × n; null for the axes. */
  abstract HostMatrix.Doubles vectors(int n, RandomGenerator random);
}
