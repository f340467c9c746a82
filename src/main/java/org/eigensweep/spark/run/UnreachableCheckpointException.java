package org.eigensweep.spark.run;

/** A process that is to go on from a checkpoint does not see its vectors. */
final class UnreachableCheckpointException extends RuntimeException {
  UnreachableCheckpointException(String part) {
    super("the checkpoint of %s cannot be read where it is to go on".formatted(part));
  }
}
