"""Citizens' opinions (群众意见与信访): collected, sorted, handed on, answered, rated."""
