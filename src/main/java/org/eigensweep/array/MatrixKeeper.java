package org.eigensweep.array;

/** Copies matrices to where they outlive their device: into memory, or into files. */
@FunctionalInterface
public interface MatrixKeeper {
  /** A copy of a matrix as it is now, to the last bit. */
  MatrixSource keep(Matrix matrix);
}
