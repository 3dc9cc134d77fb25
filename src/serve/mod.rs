//! An edition and a request → a response; and hyper around it.
