//! One task a site, the server and the signals; starts and ends them in order.
