package dev.palette.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds the value that Python pickled, as far as it is made of tensors and plain containers.
 *
 * <p>A pickle is a program for a machine with a stack and a memo: it pushes numbers and strings, gathers them into containers
 * back to the last mark, and calls what it names. This machine knows the instructions that {@code torch.save} uses (protocols 2
 * to 5) and the names of {@link TorchGlobal}; at anything else it stops and says what it met. Python's values become Java's:
 * {@code None} an empty {@link Optional}, int {@link Long} (or {@link java.math.BigInteger}), tuple and list {@link List},
 * dict {@link Map}, tensor {@link TorchTensor}.
 *
 * <p>It cannot be made to work or to remember without bound: there is no recursion, no instruction repeats, and values are
 * counted.
 *
 * @see <a href="https://github.com/python/cpython/blob/main/Lib/pickletools.py">pickletools.py, which defines the instructions</a>
 */
final class Unpickler {
    private static final Object MARK = new Object();

    private final PickleStream in;
    private final List<Object> stack = new ArrayList<>();
    private final Deque<Integer> marks = new ArrayDeque<>();
    private final Map<Integer, Object> memo = new HashMap<>();
    private final Map<String, TorchStorage> storages;

    private Unpickler(PickleStream in, Map<String, TorchStorage> storages) {
        this.in = in;
        this.storages = storages;
    }

    /**
     * The value of the next pickle in the stream, which is left behind it.
     *
     * @param storages takes up every storage that the pickle mentions, by its key
     */
    static Object read(PickleStream in, Map<String, TorchStorage> storages) {
        Unpickler machine = new Unpickler(in, storages);
        int opcode = in.unsignedByte();
        while (opcode != '.') {
            in.count(1);
            machine.step(opcode);
            opcode = in.unsignedByte();
        }
        Object result = machine.pop();
        if (!machine.stack.isEmpty()) {
            throw in.damaged("its pickle ends with values left over");
        }
        return result;
    }

    /** A dictionary's key: a string or a number, never a container, which could be built to take for ever to compare. */
    static Object key(Object value, PickleStream in) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        throw in.refused("a dictionary with a key that is neither a string nor a number");
    }

    private void step(int opcode) {
        switch (opcode) {
            case 0x80 -> protocol(in.unsignedByte());
            case 0x95 -> in.signedLong(); // FRAME: a length, for reading ahead
            case '(' -> mark();
            case '0' -> pop();
            case '1' -> popToMark();
            case 'N' -> push(Optional.empty());
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case '}' -> push(new LinkedHashMap<Object, Object>());
            case ']' -> push(new ArrayList<Object>());
            case ')' -> push(List.of());
            case 't' -> push(Collections.unmodifiableList(popToMark()));
            case 0x85 -> tuple(1);
            case 0x86 -> tuple(2);
            case 0x87 -> tuple(3);
            case 'l' -> push(popToMark());
            case 'd' -> dictionary();
            case 'a' -> append();
            case 'e' -> extend();
            case 's', 'u' -> setItems(opcode);
            case 'c' -> global(in.line(), in.line());
            case 0x93 -> namedOnStack();
            case 'Q' -> push(storage(pop()));
            case 'R' -> reduce();
            case 'b' -> build();
            default -> {
                if (!number(opcode) && !string(opcode) && !memorised(opcode)) {
                    throw in.refused("the pickle instruction 0x%02x".formatted(opcode));
                }
            }
        }
    }

    private boolean number(int opcode) {
        switch (opcode) {
            case 'J' -> push((long) in.signedInt());
            case 'K' -> push((long) in.unsignedByte());
            case 'M' -> push((long) in.unsignedShort());
            case 0x8a -> push(in.wholeNumber(in.unsignedByte()));
            case 'G' -> push(in.bigEndianDouble());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean string(int opcode) {
        switch (opcode) {
            case 'X' -> push(in.string(Integer.toUnsignedLong(in.signedInt())));
            case 0x8c, 'U' -> push(in.string(in.unsignedByte())); // U: Python 2's str
            case 0x8d -> push(in.string(in.signedLong()));
            case 'T' -> push(in.string(in.signedInt()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean memorised(int opcode) {
        switch (opcode) {
            case 'q' -> memo.put(in.unsignedByte(), top());
            case 'r' -> memo.put(in.signedInt(), top());
            case 0x94 -> memo.put(memo.size(), top());
            case 'h' -> recall(in.unsignedByte());
            case 'j' -> recall(in.signedInt());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void protocol(int version) {
        if (version < 2 || version > 5) {
            throw in.refused("a pickle of protocol %d, expected 2 to 5".formatted(version));
        }
    }

    private void mark() {
        marks.push(stack.size());
        push(MARK);
    }

    private void tuple(int size) {
        List<Object> members = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            members.add(0, pop());
        }
        push(Collections.unmodifiableList(members));
    }

    private void dictionary() {
        List<Object> items = popToMark();
        Map<Object, Object> made = new LinkedHashMap<>();
        putAll(made, items);
        push(made);
    }

    private void append() {
        Object value = pop();
        list(top()).add(value);
    }

    private void extend() {
        List<Object> more = popToMark();
        list(top()).addAll(more);
    }

    private void setItems(int opcode) {
        List<Object> items;
        if (opcode == 'u') {
            items = popToMark();
        } else {
            Object value = pop();
            items = List.of(pop(), value);
        }
        putAll(map(top()), items);
    }

    private void namedOnStack() {
        if (pop() instanceof String member && pop() instanceof String module) {
            global(module, member);
        } else {
            throw in.damaged("its pickle names something by what is no string");
        }
    }

    private void global(String module, String member) {
        push(TorchGlobal.named(module, member).orElseThrow(() -> in.refused(module + "." + member)));
    }

    /** ('storage', its class, key, device, size): all that torch.save keeps outside the pickle. */
    private TorchStorage storage(Object id) {
        if (!(id instanceof List<?> parts)
                || parts.size() < 5
                || !"storage".equals(parts.get(0))
                || !(parts.get(1) instanceof TorchGlobal type)
                || !(parts.get(2) instanceof String key)
                || !(parts.get(4) instanceof Long size)) {
            throw in.refused("a reference to something that is no storage");
        }
        @Nullable ElementType element = type.storage();
        if (element == null || size < 0) {
            throw in.damaged("a storage in it is a %s of %d numbers".formatted(type, size));
        }
        if (parts.size() > 5 && !Optional.empty().equals(parts.get(5))) {
            throw in.refused("a storage that is part of another, as torch before 0.4 wrote them");
        }
        TorchStorage storage = new TorchStorage(key, element, size);
        TorchStorage before = storages.putIfAbsent(key, storage);
        if (before != null && !before.equals(storage)) {
            throw in.damaged("its storage '%s' is said to be %d numbers of %s and %d of %s"
                    .formatted(key, before.size(), before.type(), size, element));
        }
        return storage;
    }

    private void reduce() {
        if (pop() instanceof List<?> arguments && pop() instanceof TorchGlobal called) {
            push(called.call(arguments, in));
        } else {
            throw in.damaged("its pickle calls what is no function");
        }
    }

    /** Attributes of an OrderedDict: a state dictionary has its modules' versions there, which say nothing of the tensors. */
    private void build() {
        pop();
        map(top());
    }

    private void putAll(Map<Object, Object> map, List<Object> items) {
        if (items.size() % 2 != 0) {
            throw in.damaged("a dictionary in it has a key without a value");
        }
        for (int i = 0; i < items.size(); i += 2) {
            map.put(key(items.get(i), in), items.get(i + 1));
        }
    }

    private void recall(int place) {
        Object value = memo.get(place);
        if (value == null) {
            throw in.damaged("its pickle recalls what it never stored");
        }
        push(value);
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object pop() {
        Object value = top();
        stack.remove(stack.size() - 1);
        return value;
    }

    private Object top() {
        if (stack.isEmpty() || stack.get(stack.size() - 1) == MARK) {
            throw in.damaged("its pickle takes a value where none is");
        }
        return stack.get(stack.size() - 1);
    }

    private List<Object> popToMark() {
        if (marks.isEmpty()) {
            throw in.damaged("its pickle goes back to a mark that it never set");
        }
        List<Object> above = stack.subList(marks.pop(), stack.size());
        List<Object> taken = new ArrayList<>(above.subList(1, above.size()));
        above.clear();
        return taken;
    }

    @SuppressWarnings("unchecked") // every mutable list here was made as a List<Object>
    private List<Object> list(Object value) {
        if (value instanceof ArrayList<?>) {
            return (List<Object>) value;
        }
        throw in.damaged("its pickle appends to what is no list");
    }

    @SuppressWarnings("unchecked") // every map here was made as a Map<Object, Object>
    private Map<Object, Object> map(Object value) {
        if (value instanceof LinkedHashMap<?, ?>) {
            return (Map<Object, Object>) value;
        }
        throw in.refused("an object with attributes that is no dictionary");
    }
}
