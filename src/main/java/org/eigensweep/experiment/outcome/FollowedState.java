package org.eigensweep.experiment.outcome;

import java.io.Serializable;
import org.eigensweep.linalg.ProjectionState;

/**
 * All that is known of the space of one rank that steers a trajectory.
 *
 * @param tracker what follows it
 * @param counted what the rows so far have told of it
 * @param largest estimated error of a step since the latest row; NaN for none
 */
public record FollowedState(ProjectionState tracker, SteeringAccount counted, double largest)
    implements Serializable {}
