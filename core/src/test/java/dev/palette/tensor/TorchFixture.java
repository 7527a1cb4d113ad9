package dev.palette.tensor;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/** Files that torch.save wrote, from the test resources. */
final class TorchFixture {
    private TorchFixture() {}

    static Path path(String name) {
        URL file = Objects.requireNonNull(TorchFixture.class.getResource("/torch/" + name), name);
        try {
            return Path.of(file.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
