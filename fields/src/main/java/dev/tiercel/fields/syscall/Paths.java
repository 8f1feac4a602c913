package dev.tiercel.fields.syscall;

/// Paths as text, without asking any file system.
final class Paths {

    private Paths() {}

    /// `path` seen from `directory`, without `.`, `..` and doubled slashes; `path` itself if it is absolute.
    static String absolute(String directory, String path) {
        if (path.startsWith("/")) {
            return path;
        }
        return normal(directory.endsWith("/") ? directory + path : directory + "/" + path);
    }

    /// `path` without `.`, `..` and doubled slashes.
    static String normal(String path) {
        if (isNormal(path)) {
            return path;
        }
        StringBuilder out = new StringBuilder(path.length());
        int at = 0;
        while (at < path.length()) {
            int end = path.indexOf('/', at);
            end = end < 0 ? path.length() : end;
            append(out, path, at, end);
            at = end + 1;
        }
        return out.isEmpty() ? "/" : out.toString();
    }

    private static boolean isNormal(String path) {
        return path.startsWith("/")
                && !path.contains("//")
                && !path.contains("/.")
                && (path.length() == 1 || !path.endsWith("/"));
    }

    private static void append(StringBuilder out, String path, int start, int end) {
        int length = end - start;
        if (length == 0 || (length == 1 && path.charAt(start) == '.')) {
            return;
        }
        if (length == 2 && path.charAt(start) == '.' && path.charAt(start + 1) == '.') {
            out.setLength(Math.max(0, out.lastIndexOf("/")));
            return;
        }
        out.append('/').append(path, start, end);
    }

    /// `path` with runs of slashes made one; everything else as it was.
    static String singleSlashes(String path) {
        if (!path.contains("//")) {
            return path;
        }
        StringBuilder out = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) != '/' || i == 0 || path.charAt(i - 1) != '/') {
                out.append(path.charAt(i));
            }
        }
        return out.toString();
    }

    /// Where the directory part ends: before the last slash, unless the path ends in it; 0: the directory is `/`.
    static int directoryEnd(String path) {
        int slash = path.lastIndexOf('/');
        if (slash <= 0) {
            return 0;
        }
        return slash < path.length() - 1 ? slash : path.length();
    }

    /// Where the file name begins: after the last slash, unless the path ends in it; -1: there is no slash, the
    /// name is `/`.
    static int fileNameStart(String path) {
        int slash = path.lastIndexOf('/');
        return slash == path.length() - 1 && slash >= 0 ? 0 : slash < 0 ? -1 : slash + 1;
    }

    /// What comes before the last slash; `/` if that is nothing. A path that ends in a slash is returned whole.
    static String directory(String path) {
        int end = directoryEnd(path);
        return end == 0 ? "/" : path.substring(0, end);
    }

    /// What comes after the last slash. A path that ends in a slash is returned whole, one without any is `/`.
    static String fileName(String path) {
        int start = fileNameStart(path);
        return start < 0 ? "/" : path.substring(start);
    }
}
