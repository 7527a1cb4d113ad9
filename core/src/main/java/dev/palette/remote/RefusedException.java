package dev.palette.remote;

import java.io.IOException;
import java.net.http.HttpHeaders;

/** A server answered, but not with what it was asked for. */
public final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient HttpHeaders headers;

    RefusedException(int status, HttpHeaders headers) {
        super("the server answers with status " + status);
        this.status = status;
        this.headers = headers;
    }

    /** The answer's status, such as 404. */
    public int status() {
        return status;
    }

    /** A header of the answer; empty where it has none. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }
}
