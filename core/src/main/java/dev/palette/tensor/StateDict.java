package dev.palette.tensor;

import dev.palette.spec.PaletteException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of a PyTorch file by name: its dictionary of tensors, or the one that lies in it as a member, beside an optimizer's
 * state or a step count.
 *
 * @param member which member was taken; empty when the whole is the dictionary
 * @param tensors the tensors in their order
 */
record StateDict(String member, Map<String, TorchTensor> tensors) {
    /**
     * Finds the tensors in an unpickled value.
     *
     * @throws PaletteException when there is no dictionary of tensors, or more than one
     */
    static StateDict in(Object value, Path file) {
        if (!(value instanceof Map<?, ?> whole)) {
            throw new PaletteException(
                    "%s holds no dictionary, expected one of names to tensors; save model.state_dict()"
                            .formatted(file));
        }
        Map<String, TorchTensor> own = tensorsOf(whole);
        if (!own.isEmpty() || whole.isEmpty()) {
            return new StateDict("", own);
        }
        List<StateDict> found = new ArrayList<>();
        whole.forEach((name, member) -> {
            if (name instanceof String text && member instanceof Map<?, ?> map) {
                Map<String, TorchTensor> tensors = tensorsOf(map);
                if (!tensors.isEmpty()) {
                    found.add(new StateDict(text, tensors));
                }
            }
        });
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new PaletteException(
                found.isEmpty()
                        ? "%s holds no tensors in its dictionary or a member of it; save model.state_dict()"
                                .formatted(file)
                        : "%s holds several dictionaries of tensors, %s; save the one that is wanted by itself"
                                .formatted(
                                        file,
                                        found.stream().map(StateDict::member).toList()));
    }

    private static Map<String, TorchTensor> tensorsOf(Map<?, ?> map) {
        Map<String, TorchTensor> tensors = new LinkedHashMap<>();
        map.forEach((name, member) -> {
            if (name instanceof String text && member instanceof TorchTensor tensor) {
                tensors.put(text, tensor);
            }
        });
        return tensors;
    }
}
