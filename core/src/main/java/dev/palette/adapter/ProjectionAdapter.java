package dev.palette.adapter;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A method that changes linear maps of a layer, and nothing else. */
record ProjectionAdapter(Map<Projection, Change> changes) implements LayerAdapter {
    /** What becomes of a map. */
    interface Change extends UnaryOperator<LinearMap> {}

    /** Changes each of some projections in its own way. */
    static ProjectionAdapter of(Collection<Projection> projections, Function<Projection, Change> change) {
        Map<Projection, Change> changes = new EnumMap<>(Projection.class);
        projections.forEach(projection -> changes.put(projection, change.apply(projection)));
        return new ProjectionAdapter(changes);
    }

    @Override
    public boolean changesLinearMapsAlone() {
        return true; // dropout, which is none, is in training alone
    }

    @Override
    public LinearMap projection(Projection projection, LinearMap map) {
        Change change = changes.get(projection);
        return change == null ? map : change.apply(map);
    }
}
