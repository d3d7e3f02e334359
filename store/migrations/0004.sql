-- Nobody reads the number of a delivery's last change. Changes still take a number
-- from state.rev: buckets and stretches of numbers are as large as they are for that.
ALTER TABLE deliveries DROP COLUMN rev;
