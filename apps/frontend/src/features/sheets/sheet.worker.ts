// The bundler finds workers by a path relative to the page's code, hence this one line of our own.
import '@outdial/sheets/worker';
