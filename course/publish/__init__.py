"""What maintainers run to write the record and the pages made from it; notebooks never import it."""
