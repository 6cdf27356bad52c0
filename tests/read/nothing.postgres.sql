   

;;; ;
-- nothing
;