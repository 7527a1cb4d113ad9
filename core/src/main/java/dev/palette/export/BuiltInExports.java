package dev.palette.export;

import dev.palette.experiment.Plugin;

/** The exports that come with Palette; found as those of every plug-in are. */
public final class BuiltInExports extends Plugin {
    @Override
    protected void configure() {
        word(Export.FAMILY, "csv", Csv.class, Csv.Options::new);
        word(Export.FAMILY, "mlflow", Mlflow.class, Mlflow.Options::new);
        word(Export.FAMILY, "tensorboard", Tensorboard.class, Tensorboard.Options::new);
    }
}
